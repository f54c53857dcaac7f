package org.meowmx.aggregate;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.query.NativeQuery;
import org.meowmx.StreamId;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/** The rows of {@code meowmx_snapshots}: at most one per stream and kind. */
final class SnapshotTable {

    private static final String FIND = """
            select version, event_id, data from meowmx_snapshots
            where category = :category and stream_id = :streamId and kind = :kind and version <= :upTo""";

    /** The second of two writers inserts nothing and does not wait. */
    private static final String INSERT = """
            insert into meowmx_snapshots (category, stream_id, kind, version, event_id, data, taken_at)
            values (:category, :streamId, :kind, :version, :event, :data, :now)
            on conflict do nothing""";

    private static final String UPDATE = """
            update meowmx_snapshots set version = :version, event_id = :event, data = :data, taken_at = :now
            where category = :category and stream_id = :streamId and kind = :kind
              and (version < :version or :evenNewer)""";

    private final EntityManager em;
    private final CurrentTransaction current;
    private final OwnTransaction own;

    SnapshotTable(EntityManager em, CurrentTransaction current, OwnTransaction own) {
        this.em = em;
        this.current = current;
        this.own = own;
    }

    /**
     * A stored state.
     *
     * @param version the version of its last event
     * @param event the id of that event
     * @param data the state as JSON
     */
    record Row(long version, UUID event, String data) {}

    /** The stored state of a stream, if its version is not later than {@code upTo}. */
    Optional<Row> find(StreamId stream, String kind, long upTo) {
        Supplier<Optional<Row>> read = () -> read(stream, kind, upTo);
        return current.isActive() ? read.get() : own.run(read);
    }

    private Optional<Row> read(StreamId stream, String kind, long upTo) {
        List<?> rows = em.createNativeQuery(FIND)
                .unwrap(NativeQuery.class)
                .addScalar("version", Long.class)
                .addScalar("event_id", UUID.class)
                .addScalar("data", String.class)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .setParameter("kind", kind)
                .setParameter("upTo", upTo)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Row((Long) row[0], (UUID) row[1], (String) row[2]))
                .findFirst();
    }

    /**
     * Stores a state, unless the stored one is later.
     *
     * @param evenNewer whether it also replaces a later state, because that one cannot be used
     */
    void put(StreamId stream, String kind, Row row, boolean evenNewer) {
        own.run(() -> {
            int inserted = write(INSERT, stream, kind, row).executeUpdate();
            return inserted == 1
                    ? inserted
                    : write(UPDATE, stream, kind, row)
                            .setParameter("evenNewer", evenNewer)
                            .executeUpdate();
        });
    }

    private NativeQuery<?> write(String sql, StreamId stream, String kind, Row row) {
        return em.createNativeQuery(sql)
                .unwrap(NativeQuery.class)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .setParameter("kind", kind)
                .setParameter("version", row.version())
                .setParameter("event", row.event())
                .setParameter("data", row.data())
                .setParameter("now", Instant.now().truncatedTo(ChronoUnit.MICROS));
    }
}
