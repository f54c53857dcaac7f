/**
 * The store's API: the types with which an application appends and reads events.
 *
 * <p>A <em>stream</em> is the sequence of all events of one thing, identified by a {@link org.meowmx.StreamId}. The
 * <em>log</em> is all streams in one order. An application appends {@link org.meowmx.NewEvent}s through
 * {@link org.meowmx.EventStore} inside its own JTA transaction and receives {@link org.meowmx.RecordedEvent}s. Durable
 * readers of the log, called subscriptions, have their API in {@link org.meowmx.subscription}.
 *
 * <p>Two numbers that must not be confused:
 * <ul>
 *   <li>a <em>version</em> counts the events of one stream: 1, 2, 3, … without gaps; an unknown stream is at version 0;
 *   <li>a <em>position</em> orders the whole log; it only grows, and gaps are normal.
 * </ul>
 *
 * <p>Invariants:
 * <ul>
 *   <li>the package depends on no other package of this library;
 *   <li>every type in it is immutable or an interface, except {@link org.meowmx.CurrentEvent}, which keeps the current
 *       event of each thread;
 *   <li>the store's own exceptions are {@link org.meowmx.MeowmxException}s that carry their facts as fields. Invalid
 *       arguments and unexpected database errors are other {@code RuntimeException}s;
 *   <li>no argument may be null, unless it is marked as nullable. Otherwise the method throws a
 *       {@link NullPointerException} that names the argument. This applies to all packages of the API;
 *   <li>{@link org.meowmx.AroundAppend}, {@link org.meowmx.EventIds}, {@link org.meowmx.Names},
 *       {@link org.meowmx.Required} and {@link org.meowmx.Times} are public only for the other packages of this library.
 * </ul>
 */
@NullMarked
package org.meowmx;

import org.jspecify.annotations.NullMarked;
