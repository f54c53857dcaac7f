/**
 * Coming from the systems that this one grew out of: their tables become streams and events of the log.
 *
 * <p>The idea: {@link org.meowmx.importing.PostgresEventSourcingImport} reads the tables of postgresql-event-sourcing or of meowmx for Python in
 * their own order, a page at a time, and appends what the log does not know yet. An aggregate type becomes a category, an
 * aggregate id the id of a stream, a version a version, counted from 1.
 *
 * <p>Invariants:
 * <ul>
 *   <li>the id of an event is made of its stream and version alone, so that repeating an import stores nothing twice, and an
 *       import that was stopped goes on where it was;
 *   <li>an event never comes before its predecessors in its stream, also where the source's order has them the other way
 *       round; apart from that the order is the source's;
 *   <li>no more than a page of events is in memory, and each is stored in one transaction or not at all;
 *   <li>every event is compared with what the store gives back of it after it was committed;
 *   <li>the source is only ever read. Its table names come out of its catalogue, all else is a bind parameter.
 * </ul>
 *
 * <p>The package depends on the API alone. It may be deleted without the library missing it.
 */
@NullMarked
package org.meowmx.importing;

import org.jspecify.annotations.NullMarked;
