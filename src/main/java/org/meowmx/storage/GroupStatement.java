package org.meowmx.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.ExpectedVersion;
import org.meowmx.storage.Decision.Verdict;

/**
 * The append of a group of batches on PostgreSQL: several statements that the driver sends in one message. Under READ COMMITTED
 * each of them has its own snapshot.
 *
 * <ol>
 *   <li>{@code create} inserts the rows of the streams that do not exist, at version 0. It waits only for streams that another
 *       transaction is creating.
 *   <li>{@code lock}, only in the form that waits, locks the rows of all streams. An aggregate reads them all, so every lock is
 *       there before the next statement takes its snapshot.
 *   <li>{@code append} locks the rows without waiting, decides about each batch by the locked version and the known ids, raises
 *       the fence once, advances the streams and inserts the events. Its answer is one row of arrays.
 * </ol>
 *
 * <p>The rules behind the form:
 * <ul>
 *   <li>{@code create} and {@code lock} go through the streams by category and id in code points ({@code collate "C"}), so two
 *       groups never wait for each other in a circle. {@code create} must not touch rows that exist: {@code on conflict do update}
 *       would lock them before {@code lock} does, and even {@code do nothing} waits for a transaction that is updating one;
 *   <li>{@code checked} is an aggregate, the only barrier that PostgreSQL has. The fence is raised after every row is locked.
 *       Otherwise everybody's high-water mark would wait for a row lock;
 *   <li>the expectation is decided from the locked version, never in the {@code where} of the locking select. A row that changed
 *       during the wait would vanish silently;
 *   <li>streams are looked up one by one, and advanced by an upsert. A join could become a hash join that reads all streams;
 *   <li>events are unnested side by side in a select list and take their version by subscript. A join could lose their order, so
 *       there is none. The answer has the ids in the order of insertion, and the reader of the result compares them.
 * </ul>
 */
final class GroupStatement {

    private static final String KNOWN = """
            select distinct batch from (
                select unnest(cast(? as text[])) as event_id, unnest(cast(? as bigint[])) as batch) as given
            where exists (select from meowmx_events where event_id = cast(given.event_id as uuid) offset 0)""";

    private static final String CREATE =
            """
            insert into meowmx_streams (version, category, stream_id)
                select 0, category, stream_id
                from (select unnest(cast(? as text[])) as category, unnest(cast(? as text[])) as stream_id,
                             unnest(cast(? as bigint[])) as batch) as stream
                where batch not in (%s)
                  and not exists (
                      select from meowmx_streams as known
                      where known.category = stream.category and known.stream_id = stream.stream_id offset 0)
                order by category collate "C", stream_id collate "C"
                on conflict (category, stream_id) do nothing;
            """.formatted(KNOWN);

    private static final String LOCK = """
            select count(*)
            from (select category, stream_id
                  from (select unnest(cast(? as text[])) as category, unnest(cast(? as text[])) as stream_id) as stream
                  order by category collate "C", stream_id collate "C") as target,
                 lateral (select from meowmx_streams where category = target.category and stream_id = target.stream_id
                          for no key update) as locked;
            """;

    private static final String APPEND = """
            with target as materialized (
                select *
                from unnest(cast(? as text[]), cast(? as text[]), cast(? as bigint[]), cast(? as bigint[]), cast(? as bigint[]))
                    with ordinality as given (category, stream_id, lowest, highest, events, batch)
            ), known as materialized (
                %s
            ), locked as materialized (
                select target.batch, lowest, highest, stream.version, target.batch in (select batch from known) as known
                from target left join lateral (
                    select version from meowmx_streams
                    where category = target.category and stream_id = target.stream_id
                    for no key update skip locked) as stream on true
            ), checked as materialized (
                select array_agg(coalesce(version, -1) order by batch) as versions, array_agg(known order by batch) as known,
                       array_agg(coalesce(version between lowest and highest, false) and not known order by batch) as accepted,
                       bool_and(coalesce(version between lowest and highest, false) and not known) as all_accepted,
                       bool_or(version between lowest and highest and not known) as some_accepted
                from locked
            ), mark as materialized (
                select versions, accepted,
                       coalesce(cast(? as bigint), pg_sequence_last_value('meowmx_events_position_seq'), 0) as fence
                from checked where case when cast(? as boolean) then all_accepted else some_accepted end
            ), fence as materialized (
                select versions, accepted, fence, clock_timestamp() as now,
                       pg_advisory_xact_lock_shared(
                           cast(cast(cast('meowmx_events' as regclass) as oid) as integer),
                           cast(cast(fence as bit(32)) as integer))
                from mark
            ), advanced as (
                insert into meowmx_streams as stream (version, category, stream_id)
                    select target.events, target.category, target.stream_id
                    from fence, target where fence.accepted[target.batch]
                    on conflict (category, stream_id) do update set version = stream.version + excluded.version
            ), event as (
                insert into meowmx_events (%s)
                    select given.category, given.stream_id, fence.versions[given.batch] + given.number, %s
                    from fence, (select %s from (select %s) as arrays) as given
                    where fence.accepted[given.batch]
                    returning position, event_id
            )
            select checked.versions, checked.known, checked.accepted, placed.positions, placed.ids, fence.now, fence.fence
            from checked
            left join fence on true
            left join (select array_agg(position) as positions, array_agg(event_id) as ids from event) as placed on true"""
            .formatted(
                    KNOWN,
                    EventColumns.INSERT_LIST,
                    EventColumns.VALUES_OF_GROUP,
                    EventColumns.ROWS_OF_GROUP,
                    EventColumns.ARRAYS_OF_GROUP);

    private static final String LIMIT_WAITS = """
            select set_config('lock_timeout', '100ms', true);
            """;

    /** Writes all batches or none. Waits for other writers of the streams. */
    static final GroupStatement ALL_OR_NOTHING = new GroupStatement("", LOCK, true);

    /**
     * Writes each batch that can be written. A batch whose stream is not free is left out. To create a stream or to store an id, it
     * waits 100 ms at most for another transaction that does the same.
     */
    static final GroupStatement EACH_IF_FREE = new GroupStatement(LIMIT_WAITS, "", false);

    private final String before;
    private final String lock;
    private final String creating;
    private final String existing;
    private final boolean allOrNothing;

    private GroupStatement(String before, String lock, boolean allOrNothing) {
        this.before = before;
        this.lock = lock;
        this.creating = before + CREATE + lock + APPEND;
        this.existing = before + lock + APPEND;
        this.allOrNothing = allOrNothing;
    }

    /**
     * Runs the statement.
     *
     * @param fence of the current transaction; null if it has none yet
     * @return the row of the answer
     */
    Answer run(Connection connection, BatchGroup group, @Nullable Long fence) throws SQLException {
        List<Integer> mayBeNew = group.indexes().stream()
                .filter(index -> group.batches().get(index).expected().isMetBy(0))
                .toList();
        boolean creates = !mayBeNew.isEmpty();
        try (PreparedStatement statement = connection.prepareStatement(creates ? creating : existing)) {
            Parameters parameters = new Parameters(statement);
            if (creates) {
                bindCreate(parameters, group, mayBeNew);
            }
            if (!lock.isEmpty()) {
                bindStreams(parameters, group.batches());
            }
            bindAppend(parameters, group, fence);
            boolean hasRows = statement.execute();
            for (int skipped = (before.isEmpty() ? 0 : 1) + (creates ? 1 : 0) + (lock.isEmpty() ? 0 : 1); skipped > 0; skipped--) {
                hasRows = statement.getMoreResults();
            }
            if (!hasRows) {
                throw new IllegalStateException("The database sent no answer to an append of several streams");
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return Answer.of(row);
            }
        }
    }

    private static void bindStreams(Parameters parameters, List<Batch> batches) throws SQLException {
        parameters.addTexts(batches, batch -> batch.stream().category());
        parameters.addTexts(batches, batch -> batch.stream().id());
    }

    private static void bindCreate(Parameters parameters, BatchGroup group, List<Integer> mayBeNew) throws SQLException {
        bindStreams(parameters, mayBeNew.stream().map(group.batches()::get).toList());
        parameters.addNumbers(mayBeNew, index -> index + 1);
        bindGivenIds(parameters, group);
    }

    private void bindAppend(Parameters parameters, BatchGroup group, @Nullable Long fence) throws SQLException {
        List<Batch> batches = group.batches();
        bindStreams(parameters, batches);
        parameters.addNumbers(batches, batch -> lowest(batch.expected()));
        parameters.addNumbers(batches, batch -> highest(batch.expected()));
        parameters.addNumbers(batches, Batch::size);
        bindGivenIds(parameters, group);
        parameters.add(fence, Types.BIGINT);
        parameters.add(allOrNothing);
        EventColumns.bindGroup(parameters, group);
    }

    private static void bindGivenIds(Parameters parameters, BatchGroup group) throws SQLException {
        List<BatchGroup.Entry> given = group.idsAreSearched()
                ? group.entries().stream().filter(entry -> entry.event().hasGivenId()).toList()
                : List.of();
        parameters.addTexts(given, entry -> entry.event().id().toString());
        parameters.addNumbers(given, entry -> entry.batch() + 1);
    }

    private static long lowest(ExpectedVersion expected) {
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            return exactly.version();
        }
        return expected instanceof ExpectedVersion.StreamExists ? 1 : 0;
    }

    private static long highest(ExpectedVersion expected) {
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            return exactly.version();
        }
        return expected instanceof ExpectedVersion.NoStream ? 0 : Long.MAX_VALUE;
    }

    /**
     * The answer of the database. The first three have one element per batch.
     *
     * @param versions the versions of the streams before the append; -1 for a stream that does not exist or is not free
     * @param known whether the log has one of the ids
     * @param accepted whether the batch can be written
     * @param positions of the inserted events, in order; null if none was inserted
     * @param ids of the inserted events, in the same order
     * @param now the time for events that have none of their own
     * @param fence the fence of the transaction
     */
    record Answer(
            List<Long> versions,
            List<Boolean> known,
            List<Boolean> accepted,
            List<Long> positions,
            List<UUID> ids,
            @Nullable Instant now,
            @Nullable Long fence) {

        private static Answer of(ResultSet row) throws SQLException {
            OffsetDateTime now = row.getObject(6, OffsetDateTime.class);
            return new Answer(
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
         * What was decided about each batch.
         *
         * @throws IllegalStateException if the events were not inserted in the order of the group: readers would see a stream out
         *     of order
         */
        List<Decision> decisions(BatchGroup group) {
            if (now == null) {
                return group.indexes().stream().map(this::unwritten).toList();
            }
            List<List<Place>> places = places(group, now);
            return group.indexes().stream()
                    .map(index -> accepted.get(index) ? Decision.written(versions.get(index), places.get(index)) : unwritten(index))
                    .toList();
        }

        private Decision unwritten(int index) {
            long version = Math.max(0, versions.get(index));
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
                        .add(new Place(position, versions.get(entry.batch()) + entry.offset(), entry.event().recordedAtOr(now)));
            }
            return places;
        }
    }
}
