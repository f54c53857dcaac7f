package org.meowmx.storage;

import java.util.List;
import java.util.Optional;
import org.meowmx.CategorySummary;
import org.meowmx.EventKey;
import org.meowmx.LogStatus;
import org.meowmx.StreamId;
import org.meowmx.transaction.PlainSql;

/** Writes to the log, and reads up to which position it is complete. Every operation needs a transaction. */
interface Log {

    /**
     * Appends a batch in one round trip.
     *
     * @return one place per event, in order; empty if the stream is not at the expected version, or if it is but the log already
     *     has one of the ids that the writer gave
     * @throws RuntimeException if a unique index refuses a row: another transaction stores one of the ids at the same time, or the log
     *     is damaged as {@link UniqueKey} describes
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
     * Appends those batches of a group that can be written, in one round trip. It does not wait for other writers of their streams.
     *
     * @return one decision per batch, in the order of the group
     * @throws RuntimeException as {@link #append(Batch)}; or if another transaction creates one of the streams, or stores one of
     *     the ids, and does not end soon
     */
    List<Decision> appendEachIfFree(BatchGroup group);

    /**
     * Whether the permitted effects of a statement can depend on the caller. Then appends of different callers must not
     * share a transaction.
     */
    boolean hasRowSecurity();

    /**
     * Makes other writers of a stream wait until the transaction ends.
     *
     * @return false if the stream does not exist
     */
    boolean lock(StreamId stream);

    /** Sets the isolation level that {@link #end} needs, in a transaction that has done no work yet. */
    void prepareToRead();

    /**
     * The end of the log, and then the rows of a query. The query runs after the statements that read the end, so it sees every event
     * up to the high-water mark. It may also see events above it.
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
