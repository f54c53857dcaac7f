/**
 * The promises under faults: real PostgreSQL, real JVMs, nothing mocked.
 *
 * <p>Each test is a {@link org.meowmx.faults.Trial}: seeded writers load the log, subscriptions keep a ledger of what they handle,
 * something breaks, and is whole again. Then nothing is done by hand any more: the subscriptions must catch up by themselves, and
 * the history that all have noted goes to the one judge, {@link org.meowmx.anomalies.HistoryChecker}.
 *
 * <p>All random choices are made from a seed that the test prints; {@code -Dmeowmx.faults.seed=N} repeats them. Threads and
 * processes keep their own pace, so a repeat is likely to go wrong in the same way but need not. What takes more than some seconds
 * is tagged {@code heavy} and runs in the profile {@code faults}.
 */
package org.meowmx.faults;
