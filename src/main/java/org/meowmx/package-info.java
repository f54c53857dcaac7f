/**
 * The store's API: the types with which an application appends and reads events.
 *
 * <h2>Problem</h2>
 * An application that stores what happened, and not only the latest state, meets three difficulties. Two writers must
 * not decide on the same old state. Events and the application's own rows must be stored together or not at all. A
 * reader must not miss an event whose transaction commits late.
 *
 * <h2>Idea</h2>
 * A <em>stream</em> is the sequence of all events of one thing, identified by a {@link org.meowmx.StreamId}. The
 * <em>log</em> is all streams in one order. An application appends {@link org.meowmx.NewEvent}s through
 * {@link org.meowmx.EventStore} inside its own JTA transaction and receives {@link org.meowmx.RecordedEvent}s. Durable
 * readers of the log, called subscriptions, have their API in {@link org.meowmx.subscription}.
 *
 * <p>Two numbers must not be confused:
 * <ul>
 *   <li>a <em>version</em> counts the events of one stream: 1, 2, 3, … without gaps; an unknown stream is at version 0;
 *   <li>a <em>position</em> orders the whole log; it only grows, and gaps are normal.
 * </ul>
 *
 * <p>Each append names the {@link org.meowmx.ExpectedVersion} of its stream. The <em>high-water mark</em> is the
 * position up to which no event can still appear. No reader of the log gets an event above it.
 *
 * <h2>Rules</h2>
 * <ul>
 *   <li>the package depends on no other package of this library;
 *   <li>every type in it is immutable or an interface, except {@link org.meowmx.CurrentEvent}, which keeps the current
 *       event of each thread, and the generator {@link org.meowmx.EventIds}; both are thread-safe;
 *   <li>the store's own exceptions are {@link org.meowmx.MeowmxException}s that carry their facts as fields. Invalid
 *       arguments and unexpected database errors are other {@code RuntimeException}s;
 *   <li>no argument may be null, unless it is marked as nullable. Otherwise the method throws a
 *       {@link NullPointerException} that names the argument. This applies to all packages of the API;
 *   <li>{@link org.meowmx.AroundAppend}, {@link org.meowmx.EventIds}, {@link org.meowmx.Names},
 *       {@link org.meowmx.Required}, {@link org.meowmx.Times} and {@link org.meowmx.UuidText} are public only for the
 *       other packages of this library.
 * </ul>
 *
 * <h2>What may go wrong</h2>
 * <ul>
 *   <li>Another writer was faster: {@link org.meowmx.WrongExpectedVersionException}. Read the stream, decide again and
 *       append again.
 *   <li>The database aborted the transaction because of a concurrent one: {@link org.meowmx.ContentionException}.
 *       Repeat the work in a new transaction. {@link org.meowmx.retry} does both.
 *   <li>The reply to a commit was lost, so nobody knows whether the events are stored. Repeat the append with the same
 *       event ids: the store returns the original events if it has them.
 * </ul>
 */
@NullMarked
package org.meowmx;

import org.jspecify.annotations.NullMarked;
