/**
 * The test kit: the engine in a CDI container with real JTA, without a server. For tests of applications, and of the
 * library itself.
 *
 * <p>{@link org.meowmx.testkit.MeowmxTest} on a JUnit 5 class starts Weld with the engine and the named beans, Narayana
 * for transactions, and an empty H2 database. Workers do not run: a test delivers events with
 * {@code subscriptions.catchUp(name)} and never sleeps. {@link org.meowmx.testkit.TestClock} moves the store's time.
 *
 * <p>Four parts need no container:
 * <ul>
 *   <li>{@link org.meowmx.testkit.InMemoryEventStore}: an event store in memory;
 *   <li>{@link org.meowmx.testkit.Scenario}: given/when/then for deciders and aggregates;
 *   <li>{@link org.meowmx.testkit.GoldenEvents}: golden files with events of every past version;
 *   <li>{@link org.meowmx.testkit.EventDescription}: a check that event classes can still read what they stored.
 * </ul>
 *
 * <p>Invariants: every test method has its own container and database; the store in memory passes the same contract
 * tests as the real one.
 */
@NullMarked
package org.meowmx.testkit;

import org.jspecify.annotations.NullMarked;
