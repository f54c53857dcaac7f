/**
 * For tests of applications, and of the store itself: the engine in a CDI container with real JTA, without a server.
 *
 * <p>The idea: {@link org.meowmx.testkit.MeowmxTest} on a JUnit 5 class starts Weld with the engine and the beans it names,
 * Narayana for the transactions, and an empty H2 database; workers do not run, so that a test moves subscriptions by hand
 * with {@code subscriptions.catchUp(name)} and never sleeps. {@link org.meowmx.testkit.TestClock} moves the time that the store
 * goes by.
 *
 * <p>Beside it, and without a container: an event store in memory ({@link org.meowmx.testkit.InMemoryEventStore}), given, when,
 * then for deciders and aggregates ({@link org.meowmx.testkit.Scenario}), golden files of events of every past version
 * ({@link org.meowmx.testkit.GoldenEvents}), and the check that event classes still read what they stored
 * ({@link org.meowmx.testkit.EventDescription}).
 *
 * <p>Invariants: every test method has a container and a database of its own; whatever the store in memory promises, it
 * promises by the contracts that the real one passes.
 */
@NullMarked
package org.meowmx.testkit;

import org.jspecify.annotations.NullMarked;
