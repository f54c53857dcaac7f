package org.meowmx;

import java.util.List;

/**
 * Copies events of many streams into the log, in their order: a migration, a restore from an export, test data. Inject it.
 *
 * <p>A call costs a few statements, however many streams it touches. Import in pages of about 1,000 events: larger ones gain little
 * and hold back readers for longer.
 */
public interface EventImport {

    /**
     * Stores the events that the log does not have, in this order, all or none. An event that the log has is compared and left out, so
     * an interrupted import can be repeated.
     *
     * <p>The call joins the caller's JTA transaction. If the caller has none, it runs in its own.
     *
     * @param events in log order; those of one stream in the order of the stream. At most as many as one append may have
     * @return how many events were stored and how many were known
     * @throws EventIdConflictException if the log has one of the ids with other content, from another source ({@link
     *     Metadata#foreignSource}) or in another stream
     * @throws WrongExpectedVersionException if an event has a version that is not the next one of its stream
     * @throws InvalidEventException if an event exceeds a limit or breaks a rule. If there are several events, the field begins with
     *     the event's index, as in "3/data". All events are checked before any SQL, except for their versions: these are compared after
     *     the log was searched for the ids
     * @throws ContentionException if the database aborted the transaction because of a concurrent one. Repeat the call
     * @throws SequenceResetException as in {@link EventStore#appendAll}
     * @throws InconsistentStreamException as in {@link EventStore#appendAll}
     * @throws jakarta.transaction.TransactionalException if the store's own transaction was not committed, or the reply to its
     *     commit was lost. Repeat the call
     */
    ImportResult store(List<ImportedEvent> events);
}
