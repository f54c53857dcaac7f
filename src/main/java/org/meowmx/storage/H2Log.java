package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogStatus;
import org.meowmx.StreamId;

/** The log on H2, for tests: writers take turns from their first append to the end of their transaction. */
class H2Log implements Log {

    private static final String LAST_POSITION = "select coalesce(max(event.position), 0) from StoredEvent event";

    private static final String KNOWN = "select count(*) from StoredEvent event where event.eventId in :ids";

    private static final String SIZE = "char_length(event.data)";

    private static final String HAS_CORRELATION_ID = """
            (event.metadata)."correlationId" = cast(cast(? as varchar) as json)""";

    /** Under which the last position before this transaction's own events is kept, with the transaction. */
    private static final Object MARK = H2Log.class;

    private final EntityManager em;
    private final TransactionSynchronizationRegistry transaction;
    private final Clock clock;

    H2Log(EntityManager em, TransactionSynchronizationRegistry transaction, Clock clock) {
        this.em = em;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Optional<List<Place>> append(Batch batch) {
        takeTurn();
        StoredStream known = em.find(StoredStream.class, StoredStream.Key.of(batch.stream()));
        long version = known == null ? 0 : known.version();
        if (!batch.expected().isMetBy(version) || isRepeat(batch)) {
            return Optional.empty();
        }
        StoredStream stream = known == null ? new StoredStream(batch.stream()) : known;
        stream.advance(batch.size());
        if (known == null) {
            em.persist(stream);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Place> places = new ArrayList<>(batch.size());
        for (Batch.Event event : batch.events()) {
            places.add(insert(batch.stream(), version + places.size() + 1, event, now));
        }
        em.flush();
        em.detach(stream);
        return Optional.of(places);
    }

    private boolean isRepeat(Batch batch) {
        return batch.expected() instanceof ExpectedVersion.Exactly
                && batch.hasGivenIds()
                && em.createQuery(KNOWN, Long.class)
                                .setParameter("ids", batch.givenIds())
                                .getSingleResult()
                        > 0;
    }

    private Place insert(StreamId stream, long version, Batch.Event event, Instant now) {
        StoredEvent row = new StoredEvent(stream, version, event, event.recordedAtOr(now));
        em.persist(row);
        em.detach(row);
        return row.place();
    }

    @Override
    public boolean lock(StreamId stream) {
        takeTurn();
        return em.find(StoredStream.class, StoredStream.Key.of(stream)) != null;
    }

    private void takeTurn() {
        em.find(StoredLog.class, StoredLog.ID, LockModeType.PESSIMISTIC_WRITE);
        if (transaction.getResource(MARK) == null) {
            transaction.putResource(MARK, lastPosition());
        }
    }

    @Override
    public void prepareToRead() {
        // H2's default, read committed, is all that is supported
    }

    @Override
    public long highWaterMark() {
        return transaction.getResource(MARK) instanceof Long mark ? mark : lastPosition();
    }

    @Override
    public String size() {
        return SIZE;
    }

    @Override
    public String isSmall(int bytes) {
        return SIZE + " <= " + bytes;
    }

    @Override
    public String hasCorrelationId() {
        return HAS_CORRELATION_ID;
    }

    @Override
    public LogStatus status() {
        return new LogStatus(lastPosition(), highWaterMark(), List.of());
    }

    private long lastPosition() {
        return em.createQuery(LAST_POSITION, Long.class).getSingleResult();
    }
}
