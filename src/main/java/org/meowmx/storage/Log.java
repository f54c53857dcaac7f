package org.meowmx.storage;

import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import java.util.List;
import java.util.Optional;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.meowmx.LogStatus;
import org.meowmx.StreamId;

/** What differs between databases: writing, and knowing how far the log is decided. Needs a transaction. */
interface Log {

    /**
     * Appends a batch in one round trip.
     *
     * @return one place per event in order, or empty when the stream is not at the expected version
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

    /** How much the data of an event takes in memory, about in bytes. */
    Expression<Integer> size(HibernateCriteriaBuilder cb, Path<String> data);

    /** Whether the metadata carries a correlation id. */
    Predicate hasCorrelationId(HibernateCriteriaBuilder cb, Path<String> metadata, String id);

    /** See {@link org.meowmx.EventStore#status}. */
    LogStatus status();
}
