package org.meowmx.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.storage.Decision.Verdict;

/**
 * The answer of the database to a {@link GroupStatement}. The first three have one element per batch.
 *
 * @param versions the versions of the streams before the append; -1 for a stream that does not exist or is not free
 * @param known whether the log has one of the ids
 * @param accepted whether the batch can be written
 * @param positions of the inserted events, in order; null if none was inserted
 * @param ids of the inserted events, in the same order
 * @param now the time for events that have none of their own
 * @param fence the fence of the transaction
 */
record GroupAnswer(
        List<Long> versions,
        List<Boolean> known,
        List<Boolean> accepted,
        List<Long> positions,
        List<UUID> ids,
        @Nullable Instant now,
        @Nullable Long fence) {

    static GroupAnswer of(ResultSet row) throws SQLException {
        OffsetDateTime now = row.getObject(6, OffsetDateTime.class);
        return new GroupAnswer(
                list(row.getArray(1), Long[].class),
                list(row.getArray(2), Boolean[].class),
                list(row.getArray(3), Boolean[].class),
                list(row.getArray(4), Long[].class),
                list(row.getArray(5), UUID[].class),
                now == null ? null : now.toInstant(),
                row.getObject(7, Long.class));
    }

    private static <T> List<T> list(java.sql.@Nullable Array array, Class<T[]> type) throws SQLException {
        return array == null ? List.of() : List.of(type.cast(array.getArray()));
    }

    /**
     * The decision about each batch.
     *
     * @throws IllegalStateException if the events were not inserted in the order of the group, because readers would see a stream out
     *     of order
     */
    List<Decision> decisions(BatchGroup group) {
        if (now == null) {
            return group.indexes().stream().map(this::unwritten).toList();
        }
        List<List<Place>> places = places(group, now);
        return group.indexes().stream()
                .map(index -> accepted.get(index)
                        ? Decision.written(versions.get(index), places.get(index))
                        : unwritten(index))
                .toList();
    }

    private Decision unwritten(int index) {
        long version = versions.get(index);
        if (accepted.get(index)) {
            return Decision.not(Verdict.POSSIBLE, version);
        }
        if (known.get(index)) {
            return Decision.not(Verdict.KNOWN_ID, version);
        }
        return Decision.not(versions.get(index) < 0 ? Verdict.NOT_FREE : Verdict.WRONG_VERSION, version);
    }

    private List<List<Place>> places(BatchGroup group, Instant now) {
        List<List<Place>> places = group.batches().stream()
                .<List<Place>>map(batch -> new ArrayList<>(batch.size()))
                .toList();
        int inserted = 0;
        long last = 0;
        for (BatchGroup.Entry entry : group.entries()) {
            if (!accepted.get(entry.batch())) {
                continue;
            }
            long position = positions.get(inserted);
            if (position <= last || !ids.get(inserted).equals(entry.event().id())) {
                throw new IllegalStateException(
                        "The events of one append must have ascending positions in their order, but PostgreSQL assigned %s to %s"
                                .formatted(positions, ids));
            }
            last = position;
            inserted++;
            places.get(entry.batch())
                    .add(new Place(
                            position,
                            versions.get(entry.batch()) + entry.number(),
                            entry.event().recordedAtOr(now)));
        }
        return places;
    }
}
