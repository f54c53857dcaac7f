package org.meowmx.storage;

import java.util.List;
import java.util.Optional;
import org.meowmx.CategorySummary;
import org.meowmx.EventKey;
import org.meowmx.LogStatus;
import org.meowmx.StreamId;
import org.meowmx.transaction.PlainSql;

/** Writing to the log, and knowing up to which position it is complete. Every operation needs a transaction. */
interface Log {

    /**
     * Appends a batch in one round trip.
     *
     * @return one place per event, in order; empty if the stream is not at the expected version, or if it is but the log already
     *     has one of the ids that the writer gave
     * @throws RuntimeException from a unique index: another transaction stores one of the ids at the same time, or
     *     {@link UniqueKey} tells what is damaged
     */
    Optional<List<Place>> append(Batch batch);

    /**
     * Appends a group of batches in one round trip: all of them or none. Waits for other writers of their streams.
     *
     * @return one decision per batch, in the order of the group
     * @throws RuntimeException as {@link #append(Batch)}
     */
    List<Decision> appendAll(BatchGroup group);

    /**
     * Appends those batches of a group that can be written, in one round trip, and waits for no other writer of their streams.
     *
     * @return one decision per batch, in the order of the group
     * @throws RuntimeException as {@link #append(Batch)}; or if another transaction creates one of the streams, or stores one of
     *     the ids, and does not end soon
     */
    List<Decision> appendEachIfFree(BatchGroup group);

    /** Whether what a statement may do can depend on the caller: then appends of different callers must not share a transaction. */
    boolean hasRowSecurity();

    /**
     * Makes other writers of a stream wait until the transaction ends.
     *
     * @return false if the stream does not exist
     */
    boolean lock(StreamId stream);

    /** Gives a transaction that has done nothing yet the isolation level that {@link #end} needs. */
    void prepareToRead();

    /**
     * The end of the log, and then the rows of a query. The query is a later statement than those that read the end, so it sees
     * every event up to the high-water mark. It may see events above it as well.
     */
    <T> EndAndRows<T> endAnd(PlainSql.Query<T> query);

    /** The answer of {@link #endAnd}. */
    record EndAndRows<T>(LogEnd end, List<T> rows) {}

    /** The high-water mark, see {@link org.meowmx.EventStore#highWaterMark}, and the last position. */
    LogEnd end();

    /**
     * See {@link org.meowmx.EventStore#status}. The used position is that of the tables, as the current transaction sees
     * them.
     */
    LogStatus status();

    /** See {@link org.meowmx.LogCatalog#categories}. */
    List<CategorySummary> categories(String after, int limit);

    /** See {@link org.meowmx.LogCatalog#newest}. */
    Optional<EventKey> newest(long position);
}
