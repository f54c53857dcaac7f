package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.subscription.engine.declaration.Backoff;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.PlainSql;

/**
 * The events that subscriptions have not handled yet. One query covers all segments at once, so an idle node costs one
 * query per poll.
 */
final class Backlog {

    /**
     * An event that a segment requests and has not read yet. A type with a wildcard may match too many events, never
     * too few.
     */
    private static final String UNREAD = """
            event.position > checkpoint.position
            and event.slice between checkpoint.first_slice and checkpoint.last_slice
            and (checkpoint.category is null or event.category = checkpoint.category)
            and (checkpoint.types is null
                 or checkpoint.types like '#SEPARATOR#SEPARATOR%'
                 or checkpoint.types like '%#SEPARATOR' || event.type || '#SEPARATOR%' escape '')""".replace("#SEPARATOR", Filter.SEPARATOR);

    /**
     * The segments that have work, with the time before which a failed one must not be tried again. Without a scheduled merge: there is an unread event that the segment requests, or so
     * many other events that moving the checkpoint past them pays off. With a scheduled merge: the segment has not
     * reached the merge point, or it is the first segment and all segments have reached it. With a requested operation:
     * the first segment, even if it is paused.
     */
    private static final String DUE = """
            select checkpoint.subscription, checkpoint.first_slice, checkpoint.last_slice, checkpoint.retry_at
            from meowmx_checkpoints checkpoint
            where checkpoint.subscription = any(?)
              and (checkpoint.operation is not null or not checkpoint.paused)
              and case when checkpoint.operation is not null then checkpoint.first_slice = 0
                       when checkpoint.merge_at is null
                       then checkpoint.position + ? < (select max(event.position) from meowmx_events event)
                            or exists (select 1 from meowmx_events event where #UNREAD)
                       else checkpoint.position < checkpoint.merge_at
                            or (checkpoint.first_slice = 0
                                and not exists (select 1 from meowmx_checkpoints other
                                                where other.subscription = checkpoint.subscription
                                                  and other.position < other.merge_at)) end""".replace("#UNREAD", UNREAD);

    /** Null if there is no checkpoint. */
    private static final String ALL_READ = """
            select min(case when exists (select 1 from meowmx_events event where event.position <= ? and #UNREAD)
                            then 0 else 1 end)
            from meowmx_checkpoints checkpoint
            where checkpoint.subscription = ?""".replace("#UNREAD", UNREAD);

    /** How many events that a subscription does not request may be between its checkpoint and the end of the log. */
    private static final int TOLERATED_GAP = 10_000;

    private final EntityManager em;
    private final OwnTransaction ownTransaction;
    private final EventStore events;
    private final RetryTimes retryTimes;
    private final Function<String, Backoff> backoff;

    /** @param backoff the back-off of each declared subscription, by name */
    Backlog(
            EntityManager em,
            OwnTransaction ownTransaction,
            EventStore events,
            RetryTimes retryTimes,
            Function<String, Backoff> backoff) {
        this.em = em;
        this.ownTransaction = ownTransaction;
        this.events = events;
        this.retryTimes = retryTimes;
        this.backoff = backoff;
    }

    /** The segments of these subscriptions that have work. Needs no transaction. */
    List<DueSegment> due(Collection<String> subscriptions) {
        if (subscriptions.isEmpty()) {
            return List.of();
        }
        List<Object> values = List.of(new PlainSql.Elements("text", subscriptions), TOLERATED_GAP);
        return ownTransaction.run(() -> PlainSql.query(em, DUE, values, Candidate::of).stream()
                .filter(candidate -> !retryTimes.isPending(
                        candidate.retryAt(), backoff.apply(candidate.segment().subscription())))
                .map(Candidate::segment)
                .toList());
    }

    /** A segment that has work, unless its next turn is due later. */
    private record Candidate(DueSegment segment, @Nullable Instant retryAt) {

        static Candidate of(ResultSet row) throws SQLException {
            OffsetDateTime retryAt = row.getObject(4, OffsetDateTime.class);
            return new Candidate(
                    new DueSegment(row.getString(1), new Segments.Range(row.getInt(2), row.getInt(3))),
                    retryAt == null ? null : retryAt.toInstant());
        }
    }

    /**
     * Whether a subscription has a checkpoint, and has handled every event up to a position that it requests. Must be
     * called without a transaction, which might itself hold back the high-water mark.
     */
    boolean hasHandled(String subscription, long position) {
        return events.highWaterMark() >= position
                && ownTransaction.run(
                        () -> PlainSql.query(em, ALL_READ, List.of(position, subscription), row -> row.getInt(1) == 1)
                                .get(0));
    }
}
