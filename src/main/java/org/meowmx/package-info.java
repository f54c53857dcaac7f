/**
 * The API: what an application types to write events, read them and react to them.
 *
 * <p>The idea: a <em>stream</em> is everything that ever happened to one thing, named by a {@link org.meowmx.StreamId};
 * the <em>log</em> is all streams in one order. An application appends {@link org.meowmx.NewEvent}s through
 * {@link org.meowmx.EventStore} inside its own JTA transaction and gets {@link org.meowmx.RecordedEvent}s back.
 *
 * <p>Two numbers, never to be mixed:
 * <ul>
 *   <li>a <em>version</em> counts the events of one stream: 1, 2, 3, … without holes; an unknown stream is at version 0;
 *   <li>a <em>position</em> orders the whole log; it only ever grows, and gaps are normal.
 * </ul>
 *
 * <p>Invariants of this package: it depends on nothing else of ours; every type in it is immutable, or an interface,
 * apart from {@link org.meowmx.CurrentEvent}, which is a per-thread note; every failure is a
 * {@link org.meowmx.MeowmxException} that carries its facts as fields.
 */
@NullMarked
package org.meowmx;

import org.jspecify.annotations.NullMarked;
