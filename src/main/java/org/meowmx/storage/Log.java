package org.meowmx.storage;

import java.util.List;
import java.util.Optional;
import org.meowmx.LogStatus;
import org.meowmx.StreamId;

/** What differs between databases: writing, and knowing how far the log is decided. Needs a transaction. */
interface Log {

    /**
     * Appends a batch in one round trip.
     *
     * @return one place per event in order, or empty when the stream is not at the expected version, or is, but
     *     one of the ids that the writer gave is known; an id that is found later throws
     */
    Optional<List<Place>> append(Batch batch);

    /**
     * Makes other writers of a stream wait until the transaction ends.
     *
     * @return false when the stream does not exist
     */
    boolean lock(StreamId stream);

    /** Makes a transaction that has done nothing yet fit for {@link #highWaterMark}. */
    void prepareToRead();

    /** See {@link org.meowmx.EventStore#highWaterMark}. */
    long highWaterMark();

    /** In SQL: how much the data of {@code event} takes in memory, about in bytes. */
    String size();

    /** In SQL: whether that is surely not more than so many bytes. Asked of every row, so it is cheap. */
    String isSmall(int bytes);

    /** In SQL: whether the metadata of {@code event} carries the correlation id that is put in for a question mark. */
    String hasCorrelationId();

    /** See {@link org.meowmx.EventStore#status}. */
    LogStatus status();
}
