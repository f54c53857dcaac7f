/**
 * For tests of applications, and of the store itself: the engine in a CDI container with real JTA, without a server.
 *
 * <p>The idea: {@link org.meowmx.testkit.MeowmxTest} on a JUnit 5 class starts Weld with the engine and the beans it names,
 * Narayana for the transactions, and an empty H2 database; workers do not run, so that a test moves subscriptions by hand
 * with {@code subscriptions.catchUp(name)} and never sleeps.
 *
 * <p>Beside it, and without a container: given, when, then for deciders and aggregates ({@link org.meowmx.testkit.Scenario}),
 * golden files of events of every past version ({@link org.meowmx.testkit.GoldenEvents}), and the check that event classes
 * still read what they stored ({@link org.meowmx.testkit.EventDescription}).
 *
 * <p>Invariant: every test method has a container and a database of its own.
 */
@NullMarked
package org.meowmx.testkit;

import org.jspecify.annotations.NullMarked;
