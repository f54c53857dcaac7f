package org.meowmx;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The event store: it appends events to streams, reads streams, and reads the log. Inject it.
 *
 * <p>An append joins the caller's JTA transaction, so events and the caller's own rows commit together. If the caller
 * has no transaction, an append commits before it returns. It then has a transaction of its own, or shares one with appends of
 * other callers, which is faster when many threads append. The promises are the same.
 */
public interface EventStore {

    /** The number of events that a lazy scan fetches at a time. */
    int SCAN_PAGE = 1_000;

    /**
     * Appends to several streams, all or nothing. The events enter the log in the order of the list. The streams are locked in
     * one global order, whatever the order of the list, so two concurrent calls never deadlock. A deadlock is possible if a
     * transaction appends in several calls.
     *
     * @param appends at least one, and at most one per stream
     * @return the results, in the order of {@code appends}
     * @throws WrongExpectedVersionException if a stream is not at the expected version. Nothing is written. The
     *     caller's transaction stays usable if this was the only stream of the call. It is marked for rollback if there
     *     were several streams, or if an inline observer threw the exception
     * @throws EventIdConflictException if an event id is already stored with other content or in another stream, or if
     *     only some of the events of an append are stored
     * @throws InvalidEventException if an event exceeds a limit or breaks a rule. The check runs before any SQL
     * @throws ContentionException if the database aborted the transaction because of a concurrent one. Repeat the work
     *     in a new transaction
     * @throws SequenceResetException if the database assigned a position that is not above every position known to be in
     *     use. Nothing is written until the sequence is repaired
     * @throws InconsistentStreamException if the stored version of a stream differs from its events. Nothing is written
     * @throws jakarta.transaction.TransactionalException if the store's own transaction was not committed, or the reply
     *     to its commit was lost. The events may be stored or not. If the events have ids, repeating the call is safe
     */
    List<AppendResult> appendAll(List<StreamAppend> appends);

    /**
     * Reads one stream. The read joins the caller's transaction, if there is one, and then sees the events that this
     * transaction has appended.
     *
     * @return the events of the range; an unknown stream is empty, at version 0
     */
    EventStream read(StreamId stream, StreamRange range);

    /**
     * Reads the first page of a range of a stream. The store limits the page by memory: it contains at least one event,
     * and no more than fit into a bounded number of bytes.
     *
     * <p>If events of the range remain, the page ends before the range does. Continue with {@link EventStream#next}, until
     * it is null.
     */
    EventStream readPage(StreamId stream, StreamRange range);

    /**
     * Reads one page of the log, in order of position, never beyond the high-water mark. Nothing is ever added at or
     * below the end of a page that was read.
     *
     * @param query the events to read
     * @param size the largest number of events in the page, 1 or greater
     * @throws IllegalArgumentException if the size is below 1
     * @throws IsolationException if the caller's transaction is stricter than READ COMMITTED. The mark would then be
     *     ahead of the transaction's snapshot
     * @throws SequenceResetException if the sequence of positions is below a position that this node knows to be in use
     * @throws StandbyException if the database is a standby
     */
    LogPage readPage(LogQuery query, int size);

    /**
     * The high-water mark: the position up to which the log is decided. Every event at or below it is committed and
     * visible, or will never exist.
     *
     * <p>Only transactions that have appended and are still open hold the mark back.
     *
     * @return the mark, 0 or greater
     * @throws IsolationException as in {@link #readPage(LogQuery, int)}
     * @throws SequenceResetException as in {@link #readPage(LogQuery, int)}
     * @throws StandbyException if the database is a standby
     */
    long highWaterMark();

    /**
     * The position before the first event that was recorded at or after a time; the high-water mark if there is no such
     * event. {@link #between} uses it.
     *
     * <p>The event is searched by halving the log, as if times ascended with positions. Those of appended events do, except
     * that concurrent appends can differ by their duration. If the times of imported events do not ascend, the position is
     * approximate.
     *
     * @throws IsolationException as in {@link #readPage(LogQuery, int)}
     * @throws SequenceResetException as in {@link #readPage(LogQuery, int)}
     * @throws StandbyException if the database is a standby
     */
    long positionBefore(Instant time);

    /**
     * The stored event types that can be read as a class or a sealed family of classes: those of the classes, their
     * aliases, and all types that upcasters convert into one of them. Use them in {@link LogQuery#types(Set)}.
     *
     * @return empty if the class has no event type
     */
    Set<String> storedTypes(Class<?> family);

    /**
     * The current state of the log, with the transactions that hold the high-water mark back, and with the problem that
     * stops appends and subscriptions, if any.
     *
     * @throws IsolationException as in {@link #readPage(LogQuery, int)}
     * @throws StandbyException if the database is a standby
     */
    LogStatus status();

    /**
     * Appends to one stream. {@link #appendAll} lists the exceptions.
     *
     * @param stream the stream; the first append creates it
     * @param expected the version that the stream must have
     * @param events at least one
     */
    default AppendResult append(StreamId stream, ExpectedVersion expected, List<NewEvent> events) {
        return appendAll(List.of(new StreamAppend(stream, expected, events))).get(0);
    }

    /**
     * Appends to one stream. {@link #appendAll} lists the exceptions.
     *
     * @param stream the stream; the first append creates it
     * @param expected the version that the stream must have
     * @param events at least one
     */
    default AppendResult append(StreamId stream, ExpectedVersion expected, NewEvent... events) {
        return append(stream, expected, Arrays.asList(Required.elements("events", events)));
    }

    /**
     * Reads a whole stream into memory, oldest event first. For long streams use {@link #scan(StreamId, StreamRange)}.
     */
    default EventStream read(StreamId stream) {
        return read(stream, StreamRange.all());
    }

    /**
     * Reads a stream lazily, in pages of at most {@value #SCAN_PAGE} events, so memory use does not depend on the
     * length of the stream. Events that are appended during the scan may or may not be included.
     *
     * <p>Without a caller's transaction, each page is read in its own short transaction.
     */
    default Stream<RecordedEvent> scan(StreamId stream, StreamRange range) {
        Required.present("stream", stream);
        return StreamScan.of(Required.present("range", range), rest -> readPage(stream, rest));
    }

    /**
     * Reads a stream lazily as objects of one family, each with the stored event. See {@link #scan(StreamId, StreamRange)}.
     *
     * @throws EventBindingException if an event does not belong to the family, or its data does not fit its class, when
     *     the event is reached
     */
    default <E> Stream<TypedEvent<E>> scan(StreamId stream, StreamRange range, Class<E> family) {
        Required.present("family", family);
        return scan(stream, range).flatMap(event -> TypedEvent.of(event, family).stream());
    }

    /**
     * A query that is limited to the events recorded in a period. The period becomes a range of positions, as
     * {@link #positionBefore} describes.
     *
     * @param query the events, of any time
     * @param from the beginning of the period, inclusive
     * @param until the end of the period, exclusive
     * @throws IllegalArgumentException if the period ends before it begins
     */
    default LogQuery between(LogQuery query, Instant from, Instant until) {
        Required.present("query", query);
        if (Required.present("until", until).isBefore(Required.present("from", from))) {
            throw new IllegalArgumentException("until must not be before from, was %s and %s".formatted(until, from));
        }
        long after = Math.max(query.after(), positionBefore(from));
        return query.after(after).upTo(Math.max(after, Math.min(query.upTo(), positionBefore(until))));
    }

    /**
     * Reads the log lazily as objects of one family, each with the stored event. Only events of the family are read, with
     * those that upcasters convert into it. See {@link #scan(LogQuery)}.
     *
     * @param query the events; if it names types, only those that belong to the family as well
     * @param family an event class or a sealed family
     * @throws IllegalArgumentException if the family has no event type
     * @throws EventBindingException if the data of an event does not fit its class, when the event is reached
     */
    default <E> Stream<TypedEvent<E>> scan(LogQuery query, Class<E> family) {
        Required.present("query", query);
        Set<String> types = new TreeSet<>(storedTypes(Required.present("family", family)));
        if (types.isEmpty()) {
            throw new IllegalArgumentException(
                    family.getName() + " is neither a class with @EventType nor a sealed family of such classes");
        }
        if (!query.types().isEmpty()) {
            types.retainAll(query.types());
        }
        return types.isEmpty()
                ? Stream.empty()
                : scan(query.types(types)).flatMap(event -> TypedEvent.of(event, family).stream());
    }

    /**
     * Reads the log lazily, in pages of at most {@value #SCAN_PAGE} events, up to the high-water mark at the time of
     * the first page.
     *
     * <p>Without a caller's transaction, each page is read in its own short transaction.
     *
     * @throws IsolationException as in {@link #readPage(LogQuery, int)}, when the first page is fetched
     */
    default Stream<RecordedEvent> scan(LogQuery query) {
        return Stream.iterate(
                        LogPage.inFrontOf(Required.present("query", query)),
                        Objects::nonNull,
                        page -> page.next() == null ? null : readPage(page.next(), SCAN_PAGE))
                .flatMap(page -> page.events().stream());
    }
}
