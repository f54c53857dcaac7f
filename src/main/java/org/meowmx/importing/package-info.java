/**
 * Import from the predecessors of this library: their tables become streams and events of the log.
 *
 * <p>{@link org.meowmx.importing.PostgresEventSourcingImport} reads the tables of postgresql-event-sourcing or of
 * meowmx for Python in their own order, a page at a time, and appends the events that the log does not have yet. An
 * aggregate type becomes a category, an aggregate id becomes the id of a stream, and versions stay versions, counted
 * from 1.
 *
 * <p>Invariants:
 * <ul>
 *   <li>the id of an event is derived from its stream and version alone. A repeated import therefore stores nothing
 *       twice, and an interrupted one continues where it stopped;
 *   <li>an event is never stored before its predecessors in its stream, also if the source's order has them the other
 *       way round. Otherwise the order is the source's;
 *   <li>at most one page of events is in memory, and each page is stored in one transaction or not at all;
 *   <li>after the commit, every event is compared with what the store returns for it;
 *   <li>the source is only read. Its table names come from PostgreSQL's catalog; everything else is a bind parameter.
 * </ul>
 *
 * <p>What may go wrong: the source has events that the store does not accept, or the log has another event at the same
 * place. {@link org.meowmx.importing.ImportException} names it. Correct the cause and import again. If other software
 * writes to the source during the import, the report counts the remaining events, and another import adds them.
 *
 * <p>The package depends on the store's API and on the library's transactions, retries and configuration. It may be
 * deleted without affecting the rest of the library.
 */
@NullMarked
package org.meowmx.importing;

import org.jspecify.annotations.NullMarked;
