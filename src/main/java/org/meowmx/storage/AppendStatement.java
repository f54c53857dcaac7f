package org.meowmx.storage;

import org.meowmx.ExpectedVersion;

/**
 * The append statement of PostgreSQL, one form per kind of expected version, each doing only what that kind needs.
 *
 * <p>Its parts feed each other, so that PostgreSQL can neither skip nor reorder them: {@code stream} takes the stream's row,
 * {@code mark} and {@code fence} raise the fence when that is through, and the events draw positions when the fence is up.
 * The answer is one row, or none when the expected version is wrong or an id is known: the positions in the order of the
 * events, the version of the last one, a time for those that were given none, and the fence.
 *
 * <p>Parameters, in order: number of events, category, stream id, of {@code exactly} only the expected version and, where there
 * are any, the ids given by the writer; this transaction's fence or null; then those of the part that inserts.
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
    /** Fails as a wrong version does when an id is known, instead of in the index, which would doom the transaction. */
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

    /** What all forms share; a class of its own because an enum's constants are made before its static fields. */
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

        /** Parameters: event id, slice, type, data, metadata, time or null. */
        static final String ONE_EVENT = """

                insert into meowmx_events
                        (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                    select ?, category, stream_id, version, ?, ?, cast(? as jsonb), cast(? as jsonb),
                           coalesce(cast(? as timestamptz), now)
                    from fence
                    returning array[position], version, recorded_at, (select fence from fence)""";

        /**
         * Parameters: number of events, slice, then arrays of event ids, types, data, metadata, times or nulls, all as text,
         * which the driver sends as it is, where it would quote the elements of other arrays.
         *
         * <p>The arrays are taken apart in a list of columns, which goes through them side by side, where {@code from} would
         * write their elements aside first and {@code order by} the whole rows. That the events come in their order is
         * what PostgreSQL does, though nothing asks for it; whoever reads the answer therefore looks at the positions. They
         * are numbered by subscripts, whose count PostgreSQL does not guess from the parameters: it would plan each append anew.
         */
        static final String MANY_EVENTS = """
                , event as (
                    insert into meowmx_events
                            (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                        select cast(given.event_id as uuid), category, stream_id, version - ? + given.number, ?,
                               given.type, cast(given.data as jsonb), cast(given.metadata as jsonb),
                               coalesce(cast(given.recorded_at as timestamptz), now)
                        from fence,
                             (select unnest(event_ids) as event_id, unnest(types) as type, unnest(data) as data,
                                     unnest(metadata) as metadata, unnest(times) as recorded_at,
                                     generate_subscripts(types, 1) as number
                              from (select cast(? as text[]) as event_ids, cast(? as text[]) as types,
                                           cast(? as text[]) as data, cast(? as text[]) as metadata,
                                           cast(? as text[]) as times) as arrays) as given
                        returning position, version
                )
                select placed.positions, fence.version, fence.now, fence.fence
                from fence, (select array_agg(position order by version) as positions from event) as placed""";
    }
}
