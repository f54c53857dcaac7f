package org.meowmx.storage;

import org.meowmx.ExpectedVersion;

/**
 * The append statement of PostgreSQL, in one form per kind of expected version.
 *
 * <p>Each part reads from the one before, so PostgreSQL can neither skip nor reorder them. {@code stream} locks the stream's row.
 * After it has waited for other writers, {@code mark} and {@code fence} raise the fence. After that, the insert draws positions.
 *
 * <p>The result is one row: the positions in the order of the events, the version of the last event, the time for events that
 * have none of their own, and the fence. There is no row if the expected version is wrong or the log has one of the ids.
 *
 * <p>Parameters, in order: the number of events, category, stream id; for {@code exactly} the expected version, and the ids that
 * the writer gave, if any; this transaction's fence or null; then those of the inserting part.
 */
enum AppendStatement {
    NO_STREAM("""
            insert into meowmx_streams (version, category, stream_id) values (?, ?, ?)
                on conflict (category, stream_id) do nothing
                returning category, stream_id, version"""),
    ANY("""
            insert into meowmx_streams as known (version, category, stream_id) values (?, ?, ?)
                on conflict (category, stream_id) do update set version = known.version + excluded.version
                returning category, stream_id, version"""),
    STREAM_EXISTS("""
            update meowmx_streams set version = version + ?
                where category = ? and stream_id = ?
                returning category, stream_id, version"""),
    EXACTLY("""
            update meowmx_streams set version = version + ?
                where category = ? and stream_id = ? and version = ?
                returning category, stream_id, version"""),
    /** Returns no row if the log has one of the ids. A failure in the unique index would doom the transaction. */
    EXACTLY_ONCE("""
            update meowmx_streams set version = version + ?
                where category = ? and stream_id = ? and version = ?
                    and not exists (
                        select from meowmx_events where event_id = any(cast(cast(? as text[]) as uuid[])))
                returning category, stream_id, version""");

    private final String forOneEvent;
    private final String forManyEvents;

    AppendStatement(String streamPart) {
        String fence = Parts.FENCE.formatted(streamPart);
        this.forOneEvent = fence + Parts.ONE_EVENT;
        this.forManyEvents = fence + Parts.MANY_EVENTS;
    }

    static AppendStatement of(Batch batch) {
        ExpectedVersion expected = batch.expected();
        if (expected instanceof ExpectedVersion.Exactly) {
            return batch.hasGivenIds() ? EXACTLY_ONCE : EXACTLY;
        }
        if (expected instanceof ExpectedVersion.NoStream) {
            return NO_STREAM;
        }
        return expected instanceof ExpectedVersion.StreamExists ? STREAM_EXISTS : ANY;
    }

    String sql(boolean manyEvents) {
        return manyEvents ? forManyEvents : forOneEvent;
    }

    /** The parts that all forms share. They are in a separate class, because an enum creates its constants before its static fields. */
    private static final class Parts {

        static final String FENCE = """
                with stream as (
                    %s
                ), mark as materialized (
                    select category, stream_id, version,
                           coalesce(cast(? as bigint), pg_sequence_last_value('meowmx_events_position_seq'), 0) as fence
                    from stream
                ), fence as materialized (
                    select category, stream_id, version, fence, clock_timestamp() as now,
                           pg_advisory_xact_lock_shared(
                               cast(cast(cast('meowmx_events' as regclass) as oid) as integer),
                               cast(cast(fence as bit(32)) as integer))
                    from mark
                )""";

        /** Parameters: those of {@link EventColumns#bindOne}. */
        static final String ONE_EVENT = """

                insert into meowmx_events (%s)
                    select category, stream_id, version, %s
                    from fence
                    returning array[position], version, recorded_at, (select fence from fence)""".formatted(EventColumns.INSERT_LIST, EventColumns.VALUES_OF_ONE);

        /**
         * Parameters: the number of events, then those of {@link EventColumns#bindMany}.
         *
         * <p>The arrays are unnested in a select list, which steps through them in parallel. In {@code from}, PostgreSQL would first
         * materialize their elements; {@code order by} would sort whole rows. PostgreSQL keeps the order of the elements but does not
         * promise it, so the reader of the result verifies that the positions ascend.
         *
         * <p>The events are numbered by subscripts. PostgreSQL does not estimate their count from the parameters, so it does not plan
         * each append again.
         */
        static final String MANY_EVENTS = """
                , event as (
                    insert into meowmx_events (%s)
                        select category, stream_id, version - ? + given.number, %s
                        from fence,
                             (select %s, generate_subscripts(types, 1) as number from (select %s) as arrays) as given
                        returning position, version
                )
                select placed.positions, fence.version, fence.now, fence.fence
                from fence, (select array_agg(position order by version) as positions from event) as placed""".formatted(
                        EventColumns.INSERT_LIST,
                        EventColumns.VALUES_OF_MANY,
                        EventColumns.ROWS_OF_MANY,
                        EventColumns.ARRAYS_OF_MANY);
    }
}
