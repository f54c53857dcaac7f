package org.meowmx;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The event store: append to streams, read streams, read the log.
 *
 * <p>Inject it. An append joins the caller's JTA transaction, so that events and rows of one's own commit together, and has
 * a transaction of its own where the caller has none.
 */
public interface EventStore {

    /** How many events a lazy scan fetches at a time. */
    int SCAN_PAGE = 1_000;

    /**
     * Appends to several streams, all or nothing. The streams are locked in one order, whatever the order given, so that
     * two such calls never deadlock.
     *
     * @param appends one per stream
     * @return the results, in the order given
     * @throws WrongExpectedVersionException when a stream is not at the version expected. Nothing is written; a caller's
     *     transaction stays usable when this was the only stream, and is marked for rollback when there were several, or when
     *     an inline observer threw it
     * @throws EventIdConflictException when an event id is known with other content or in another stream
     * @throws InvalidEventException when an event breaks a limit; found before any SQL
     * @throws ContentionException when the database gave up on a lock; repeat in a new transaction
     * @throws jakarta.transaction.TransactionalException when the store's own transaction was not committed, or the answer to
     *     its commit was lost: the events may be stored or not. Repeating the call is safe where the events have ids
     */
    List<AppendResult> appendAll(List<StreamAppend> appends);

    /**
     * Reads one stream, in the caller's transaction where there is one, whose own uncommitted events are seen.
     *
     * @return the events; for an unknown stream none, at version 0
     */
    EventStream read(StreamId stream, StreamRange range);

    /**
     * Reads the beginning of a range of a stream: so many of its events, but at least one, that the result does not take much
     * memory, however large they are. It ends before the range does when more are left.
     */
    EventStream readPage(StreamId stream, StreamRange range);

    /**
     * Reads one page of the log in order of position, never beyond the high-water mark: what a page has passed over is
     * never filled in later.
     *
     * @param size how many events at most, 1 or greater
     * @throws IsolationException inside a transaction that is stricter than READ COMMITTED, where the mark would run ahead
     *     of what can be seen
     */
    LogPage readPage(LogQuery query, int size);

    /**
     * The position up to which the log is decided: every event at or below it is committed and visible, or will never be.
     * Only transactions that have appended and not ended hold it back.
     *
     * @throws IsolationException as in {@link #readPage}
     */
    long highWaterMark();

    /**
     * Where the log stands, and which transactions hold the mark back.
     *
     * @throws IsolationException as in {@link #readPage}
     */
    LogStatus status();

    /** Appends to one stream; see {@link #appendAll} for the errors. */
    default AppendResult append(StreamId stream, ExpectedVersion expected, List<NewEvent> events) {
        return appendAll(List.of(new StreamAppend(stream, expected, events))).get(0);
    }

    /** Appends to one stream; see {@link #appendAll} for the errors. */
    default AppendResult append(StreamId stream, ExpectedVersion expected, NewEvent... events) {
        return append(stream, expected, Arrays.asList(events));
    }

    /** Reads a whole stream, oldest event first. */
    default EventStream read(StreamId stream) {
        return read(stream, StreamRange.all());
    }

    /**
     * Reads a stream lazily, in pages of {@value #SCAN_PAGE} events, so that its length does not matter to memory. What is
     * appended while it is read may or may not be seen.
     */
    default Stream<RecordedEvent> scan(StreamId stream, StreamRange range) {
        return StreamScan.of(range, rest -> readPage(stream, rest));
    }

    /**
     * Reads the log lazily, in pages of {@value #SCAN_PAGE} events, up to the mark at the time of the first page; each page
     * has its own short transaction where the caller has none.
     */
    default Stream<RecordedEvent> scan(LogQuery query) {
        return Stream.iterate(
                        LogPage.inFrontOf(query),
                        Objects::nonNull,
                        page -> page.next() == null ? null : readPage(page.next(), SCAN_PAGE))
                .flatMap(page -> page.events().stream());
    }
}
