package org.meowmx.storage;

import org.meowmx.ExpectedVersion;

/**
 * The append statement of PostgreSQL, one form per kind of expected version, each doing only what that kind needs.
 *
 * <p>Its parts feed each other, so that PostgreSQL can neither skip nor reorder them: {@code stream} takes the stream's row,
 * {@code mark} and {@code fence} raise the fence when that is through, {@code event} draws positions when the fence is up.
 * No row comes back when the expected version is wrong.
 *
 * <p>Parameters, in order: number of events, category, stream id, the expected version of {@code exactly} only, this
 * transaction's fence or null; then those of the {@code event} part.
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
                returning category, stream_id, version""");

    private final String forOneEvent;
    private final String forManyEvents;

    AppendStatement(String streamPart) {
        this.forOneEvent = Parts.FRAME.formatted(streamPart, Parts.ONE_EVENT, "");
        this.forManyEvents = Parts.FRAME.formatted(streamPart, Parts.MANY_EVENTS, "order by event.version");
    }

    static AppendStatement of(ExpectedVersion expected) {
        if (expected instanceof ExpectedVersion.Exactly) {
            return EXACTLY;
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

        static final String FRAME = """
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
                ), event as (
                    %s
                )
                select event.position, event.version, event.recorded_at, fence.fence
                from event, fence
                %s""";

        /** Parameters: event id, slice, type, data, metadata, time or null. */
        static final String ONE_EVENT = """
                insert into meowmx_events
                        (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                    select ?, category, stream_id, version, ?, ?, cast(? as jsonb), cast(? as jsonb),
                           coalesce(cast(? as timestamptz), now)
                    from fence
                    returning position, version, recorded_at""";

        /** Parameters: number of events, slice, then arrays of event ids, types, data, metadata, times or nulls. */
        static final String MANY_EVENTS = """
                insert into meowmx_events
                        (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                    select given.event_id, category, stream_id, version - ? + given.number, ?,
                           given.type, cast(given.data as jsonb), cast(given.metadata as jsonb),
                           coalesce(given.recorded_at, now)
                    from fence,
                         unnest(cast(? as uuid[]), cast(? as text[]), cast(? as text[]), cast(? as text[]),
                                cast(? as timestamptz[]))
                             with ordinality as given (event_id, type, data, metadata, recorded_at, number)
                    order by given.number
                    returning position, version, recorded_at""";
    }
}
