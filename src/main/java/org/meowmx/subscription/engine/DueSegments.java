package org.meowmx.subscription.engine;

import static java.util.stream.Collectors.groupingBy;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.subscription.engine.declaration.Backoff;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.PlainSql;

/**
 * Finds the segments that have work, for one thread at a time. One query reads the checkpoints and the new events of the
 * log; the events are matched with the filters in memory. So a poll costs the same, however many events nobody requests.
 *
 * <p>A segment has work in these cases:
 * <ul>
 *   <li>No merge is scheduled, and there is an unread event that the segment requests, its last turn failed, or its
 *       checkpoint is more than {@link KnownLog#SIZE} positions before the end of the log.
 *   <li>A merge is scheduled, and the segment has not reached the merge point, or it is the first segment and all
 *       segments have reached it.
 *   <li>An operation is requested, and it is the first segment, even if it is paused.
 * </ul>
 *
 * <p>{@link KnownLog} keeps what a poll needs to know of earlier events, and has the rules that keep it correct. Each
 * poll reads the checkpoints again, so it sees the changes of other nodes.
 */
final class DueSegments {

    /** The events have two limits, so that the plan never begins with all events of the log. */
    private static final String POLL = """
            select checkpoint.subscription, checkpoint.first_slice, checkpoint.last_slice, checkpoint.position,
                   checkpoint.category, checkpoint.types, checkpoint.paused, checkpoint.operation is not null,
                   checkpoint.attempts > 0 or checkpoint.delayed_since is not null, checkpoint.merge_at, checkpoint.retry_at,
                   checkpoint.lease_until
            from meowmx_checkpoints checkpoint
            where checkpoint.subscription = any(?)
            union all
            select null, event.slice, event.slice, max(event.position),
                   event.category, event.type, event.decided, false, false, count(*), null, null
            from (select position, category, type, slice, position <= ? as decided
                  from meowmx_events where position > ? and position <= ?) event
            group by event.category, event.type, event.slice, event.decided
            union all
            select null, 0, 0, (select coalesce(max(position), 0) from meowmx_events), null, null,
                   exists (select 1 from meowmx_events where position = ? and event_id = ?), false, false, null, null, null""";

    private static final String LAST_DECIDED = """
            select position, event_id from meowmx_events
            where position <= ? order by position desc fetch first 1 row only""";

    /** The largest number of events that the next poll reads again. Above this, it reads the high-water mark and extends the known log. */
    static final int MOST_READ_AGAIN = 250;

    /** A burst of appends may make a poll start again, but only this number of times. */
    private static final int MOST_ATTEMPTS = 3;

    private final EntityManager em;
    private final OwnTransaction ownTransaction;
    private final ClaimTransaction claimTransaction;
    private final EventStore events;
    private final RetryTimes retryTimes;
    private final Supplier<Function<String, Backoff>> backoffs;
    private final int mostReadAgain;

    private KnownLog known = KnownLog.after(0);

    /** Whether the last poll read enough events after the known log to make reading the high-water mark worthwhile. */
    private boolean behind = true;

    private List<PolledSegment> polled = List.of();

    /**
     * @param backoffs the back-off of each subscription, by name. Called once in a poll, and only if a segment waits
     * @param mostReadAgain {@link #MOST_READ_AGAIN}, unless a test steps by single events
     */
    DueSegments(
            EntityManager em,
            OwnTransaction ownTransaction,
            ClaimTransaction claimTransaction,
            EventStore events,
            RetryTimes retryTimes,
            Supplier<Function<String, Backoff>> backoffs,
            int mostReadAgain) {
        this.em = em;
        this.ownTransaction = ownTransaction;
        this.claimTransaction = claimTransaction;
        this.events = events;
        this.retryTimes = retryTimes;
        this.backoffs = backoffs;
        this.mostReadAgain = mostReadAgain;
    }

    /** The segments of these subscriptions that have work. Needs no transaction. */
    List<DueSegment> find(Collection<String> subscriptions) {
        if (subscriptions.isEmpty()) {
            return List.of();
        }
        // under a stricter isolation, statements after the mark would not see the events up to it
        return behind
                ? claimTransaction.run(() -> due(pollToMark(subscriptions)))
                : ownTransaction.run(() -> due(poll(subscriptions, null)));
    }

    /**
     * The segments for which the known log has no event after their positions, as the last poll found them.
     *
     * @param distance the smallest number of positions between the checkpoint and the end of the known log
     */
    List<PolledSegment> idle(long distance) {
        return polled.stream()
                .filter(segment -> segment.isUndisturbed()
                        && segment.position() + distance <= known.end()
                        && !known.mayHaveUnread(segment))
                .toList();
    }

    /** The known log after the last poll. */
    KnownLog known() {
        return known;
    }

    /**
     * The high-water mark is read first: every event up to it is visible to the later statements. All of them are on one
     * connection, so the same server answers all of them.
     */
    private Poll pollToMark(Collection<String> subscriptions) {
        return poll(subscriptions, lastDecided(events.highWaterMark()));
    }

    private Poll poll(Collection<String> subscriptions, KnownLog.@Nullable Event decided) {
        Poll poll = read(subscriptions, decided);
        for (int attempt = 1; attempt < MOST_ATTEMPTS && !poll.isComplete(); attempt++) {
            known = KnownLog.after(poll.isSound() ? poll.end() - KnownLog.SIZE / 2 : 0);
            poll = read(subscriptions, decided);
        }
        if (poll.isComplete() && decided != null) {
            known.extend(poll.decided(), decided);
        }
        behind = !poll.isComplete() || poll.count() > mostReadAgain;
        polled = poll.segments();
        return poll;
    }

    private KnownLog.@Nullable Event lastDecided(long mark) {
        return PlainSql.query(
                        em,
                        LAST_DECIDED,
                        List.of(mark),
                        row -> new KnownLog.Event(row.getLong(1), row.getObject(2, UUID.class)))
                .stream()
                .findFirst()
                .orElse(null);
    }

    private Poll read(Collection<String> subscriptions, KnownLog.@Nullable Event decided) {
        KnownLog.Event last = known.last() == null ? KnownLog.Event.NONE : known.last();
        Poll poll = new Poll(known);
        PlainSql.query(
                em,
                POLL,
                List.of(
                        new PlainSql.Elements("text", subscriptions),
                        decided == null ? 0L : decided.position(),
                        known.end(),
                        known.end() + KnownLog.SIZE,
                        last.position(),
                        last.id()),
                poll::add);
        return poll;
    }

    private List<DueSegment> due(Poll poll) {
        Map<String, List<PolledSegment>> bySubscription =
                poll.segments().stream().collect(groupingBy(PolledSegment::subscription));
        Predicate<PolledSegment> waits = waits(poll);
        return poll.segments().stream()
                .filter(segment ->
                        hasWork(segment, bySubscription.getOrDefault(segment.subscription(), List.of()), poll))
                .filter(segment -> segment.requested() || !waits.test(segment))
                .map(segment -> new DueSegment(segment.subscription(), segment.slices()))
                .toList();
    }

    /** Whether a segment waits for its retry or the end of a lease. The database's clock is read once, and only if a segment has failed. */
    private Predicate<PolledSegment> waits(Poll poll) {
        if (poll.segments().stream().allMatch(segment -> segment.retryAt() == null && segment.leasedUntil() == null)) {
            return segment -> false;
        }
        Instant now = retryTimes.now();
        Function<String, Backoff> backoff = backoffs.get();
        return segment -> segment.isLeased(now)
                || (segment.retryAt() != null
                        && RetryTimes.isPending(segment.retryAt(), now, backoff.apply(segment.subscription())));
    }

    private boolean hasWork(PolledSegment segment, List<PolledSegment> all, Poll poll) {
        if (segment.requested()) {
            return segment.isFirst();
        }
        if (segment.paused()) {
            return false;
        }
        if (segment.mergeAt() != null) {
            return segment.isBeforeMergePoint()
                    || (segment.isFirst() && all.stream().noneMatch(PolledSegment::isBeforeMergePoint));
        }
        // a delayed segment needs a turn to end its delay, also if nothing is left to read
        return segment.failed()
                || segment.position() + KnownLog.SIZE < poll.end()
                || known.mayHaveUnread(segment)
                || poll.hasUnread(segment);
    }
}
