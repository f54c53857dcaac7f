/**
 * Tests of the promises under faults, on real PostgreSQL servers and JVMs, without mocks.
 *
 * <p>Each test is a {@link org.meowmx.faults.Trial}. Seeded writers load the log, subscriptions keep a ledger of the
 * events that they handle, and a part of the system breaks and is repaired. After that, the test does nothing: the
 * subscriptions must catch up by themselves. Finally, {@link org.meowmx.anomalies.HistoryChecker} checks the recorded
 * history.
 *
 * <p>All random choices are made from a seed that the test prints; {@code -Dmeowmx.faults.seed=N} repeats them. The
 * timing of threads and processes is not repeated, so a repeat is likely to fail in the same way but need not. Tests
 * that take more than some seconds are tagged {@code heavy} and run in the profile {@code faults}.
 */
package org.meowmx.faults;
