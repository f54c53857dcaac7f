package org.meowmx.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.ExpectedVersion;

/**
 * The append of a group of batches on PostgreSQL: several statements that the driver sends in one message. Under READ COMMITTED
 * each of them has its own snapshot.
 *
 * <ol>
 *   <li>{@code create} inserts the rows of the streams that do not exist, at version 0. It waits only for streams that another
 *       transaction is creating.
 *   <li>{@code lock}, only in the form that waits, locks the rows of all streams. An aggregate reads them all, so every lock is held
 *       before the next statement takes its snapshot.
 *   <li>{@code append} locks the rows without waiting, decides about each batch by the locked version and the known ids, raises
 *       the fence once, advances the streams and inserts the events. Its answer is one row of arrays.
 * </ol>
 *
 * <p>The reasons for this form:
 * <ul>
 *   <li>{@code create} and {@code lock} go through the streams by category and id in code points ({@code collate "C"}), so two
 *       groups never deadlock. {@code create} must not touch rows that exist: {@code on conflict do update}
 *       would lock them before {@code lock} does, and even {@code do nothing} waits for a transaction that is updating one;
 *   <li>{@code checked} is an aggregate, the only barrier that PostgreSQL has. So the fence is raised after every row is locked.
 *       Otherwise the high-water mark of all readers would wait for a row lock;
 *   <li>the expectation is decided from the locked version, never in the {@code where} of the locking select. A row that changed
 *       during the wait would vanish silently;
 *   <li>streams are looked up one by one, and advanced by an upsert. A join could become a hash join that reads all streams;
 *   <li>events are unnested side by side in a select list and get their version by subscript, because a join could lose their order.
 *       The answer has the ids in the order of insertion, and the reader of the result compares them.
 * </ul>
 */
final class GroupStatement {

    private static final String KNOWN = """
            select distinct batch from (
                select unnest(cast(? as text[])) as event_id, unnest(cast(? as bigint[])) as batch) as given
            where exists (select from meowmx_events where event_id = cast(given.event_id as uuid) offset 0)""";

    private static final String CREATE = """
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
            left join (select array_agg(position) as positions, array_agg(event_id) as ids from event) as placed on true""".formatted(
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

    private final String lock;
    private final boolean allOrNothing;
    private final Message creating;
    private final Message searching;
    private final Message simple;

    private GroupStatement(String limit, String lock, boolean allOrNothing) {
        this.lock = lock;
        this.allOrNothing = allOrNothing;
        this.creating = Message.of(limit, CREATE, lock, APPEND);
        this.searching = Message.of(limit, lock, APPEND);
        this.simple = Message.of(lock, APPEND);
    }

    /**
     * The statements of a message.
     *
     * @param before the number of statements before the one whose answer is read
     */
    private record Message(String sql, int before) {

        static Message of(String... statements) {
            List<String> used =
                    Stream.of(statements).filter(one -> !one.isEmpty()).toList();
            return new Message(String.join("", used), used.size() - 1);
        }
    }

    /**
     * Runs the statement.
     *
     * @param fence of the current transaction; null if it has none yet
     */
    GroupAnswer run(Connection connection, BatchGroup group, @Nullable Long fence) throws SQLException {
        List<Integer> mayBeNew = group.indexes().stream()
                .filter(index -> group.batches().get(index).expected().isMetBy(0))
                .toList();
        List<BatchGroup.Entry> searched = searched(group);
        Message message = message(!mayBeNew.isEmpty(), !searched.isEmpty());
        try (PreparedStatement statement = connection.prepareStatement(message.sql())) {
            Parameters parameters = new Parameters(statement);
            if (!mayBeNew.isEmpty()) {
                bindStreams(
                        parameters, mayBeNew.stream().map(group.batches()::get).toList());
                parameters.addNumbers(mayBeNew, index -> index + 1);
                bindIds(parameters, searched);
            }
            if (!lock.isEmpty()) {
                bindStreams(parameters, group.batches());
            }
            bindAppend(parameters, group, searched, fence);
            return answer(statement, message.before());
        }
    }

    /** Only a message that creates a row, or stores an id that a writer gave, may wait for another transaction. */
    private Message message(boolean creates, boolean searches) {
        if (creates) {
            return creating;
        }
        return searches ? searching : simple;
    }

    private static GroupAnswer answer(PreparedStatement statement, int before) throws SQLException {
        boolean hasRows = statement.execute();
        for (int i = 0; i < before; i++) {
            hasRows = statement.getMoreResults();
        }
        if (!hasRows) {
            throw new IllegalStateException("The database sent no answer to an append of several streams");
        }
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            return GroupAnswer.of(row);
        }
    }

    private static void bindStreams(Parameters parameters, List<Batch> batches) throws SQLException {
        parameters.addTexts(batches, batch -> batch.stream().category());
        parameters.addTexts(batches, batch -> batch.stream().id());
    }

    private void bindAppend(
            Parameters parameters, BatchGroup group, List<BatchGroup.Entry> searched, @Nullable Long fence)
            throws SQLException {
        List<Batch> batches = group.batches();
        bindStreams(parameters, batches);
        parameters.addNumbers(batches, batch -> lowest(batch.expected()));
        parameters.addNumbers(batches, batch -> highest(batch.expected()));
        parameters.addNumbers(batches, Batch::size);
        bindIds(parameters, searched);
        parameters.add(fence, Types.BIGINT);
        parameters.add(allOrNothing);
        EventColumns.bindGroup(parameters, group);
    }

    private static void bindIds(Parameters parameters, List<BatchGroup.Entry> searched) throws SQLException {
        parameters.addTexts(searched, entry -> entry.event().id().toString());
        parameters.addNumbers(searched, entry -> entry.batch() + 1);
    }

    /** The events whose ids are searched for. */
    private static List<BatchGroup.Entry> searched(BatchGroup group) {
        return group.idsAreSearched()
                ? group.entries().stream()
                        .filter(entry -> entry.event().hasGivenId())
                        .toList()
                : List.of();
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
}
