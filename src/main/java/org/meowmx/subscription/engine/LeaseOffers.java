package org.meowmx.subscription.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.RecordedEvent;
import org.meowmx.SequenceResetException;
import org.meowmx.StreamId;
import org.meowmx.subscription.engine.ExternalDeclarations.Declared;
import org.meowmx.subscription.lease.Lease;
import org.meowmx.subscription.lease.LeaseRequest;
import org.meowmx.transaction.ClaimTransaction;

/**
 * Finds the next page of an external subscription for a worker, and leases it. The segments take turns: the search begins
 * after the segment that this node has leased last.
 */
final class LeaseOffers {

    /** The shortest distance for which a checkpoint is moved past events that nobody requests, because a move is a write. */
    private static final long SHORTEST_MOVE = IdleCheckpoints.SHORTEST_MOVE;

    /** The search runs in the thread that serves all waiting workers of a node. */
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(1);

    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ExternalDeclarations declarations;
    private final EventStore events;
    private final ParkedEvents parkedEvents;
    private final RetryTimes retryTimes;
    private final SegmentMerge merge;
    private final LeaseEnd leaseEnd;
    private final ParkedRetries parkedRetries;
    private final Consumer<Object> notifications;

    /** The first slice of the segment that was leased last, by subscription. */
    private final Map<String, Integer> last = new ConcurrentHashMap<>();

    LeaseOffers(
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ExternalDeclarations declarations,
            EventStore events,
            ParkedEvents parkedEvents,
            RetryTimes retryTimes,
            SegmentMerge merge,
            LeaseEnd leaseEnd,
            ParkedRetries parkedRetries,
            Consumer<Object> notifications) {
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.declarations = declarations;
        this.events = events;
        this.parkedEvents = parkedEvents;
        this.retryTimes = retryTimes;
        this.merge = merge;
        this.leaseEnd = leaseEnd;
        this.parkedRetries = parkedRetries;
        this.notifications = notifications;
    }

    /**
     * The result of a search in one segment.
     *
     * @param next what to do next
     * @param lease the lease that was stored; null if there is none
     * @param notifications the notifications to send after the commit
     */
    record Offer(Next next, @Nullable Lease lease, List<Object> notifications) {

        static final Offer NOTHING = new Offer(Next.NOTHING, null, List.of());
        static final Offer AGAIN = new Offer(Next.AGAIN, null, List.of());
        static final Offer AT_MERGE_POINT = new Offer(Next.MERGE, null, List.of());

        static final Offer ENDED = new Offer(Next.ENDED, null, List.of());

        static Offer of(Lease lease) {
            return new Offer(Next.LEASED, lease, List.of());
        }

        static Offer again(List<Object> notifications) {
            return new Offer(Next.AGAIN, null, notifications);
        }
    }

    /** What follows a search in one segment. */
    enum Next {
        LEASED,
        /** The segment has nothing to lease now. */
        NOTHING,
        /** The segment has changed and must be searched again. */
        AGAIN,
        /** The segment has reached its merge point. */
        MERGE,
        /** The retry of parked events has ended, or a lease must end before it begins. */
        ENDED
    }

    /**
     * A plan for one request.
     *
     * @param retries whether an operator retries parked events
     * @param segments the segments, in the order in which they are searched
     */
    private record Plan(boolean retries, List<Checkpoint.Key> segments) {}

    /**
     * Leases the next page of a segment; empty if no segment has one now.
     *
     * @param due the segments to search. While parked events are retried, and after a merge, all segments are searched
     */
    Optional<Lease> lease(String subscription, Predicate<Checkpoint.Key> due, LeaseRequest request) {
        Predicate<Checkpoint.Key> searched = due;
        long end = System.nanoTime() + LONGEST_SEARCH.toNanos();
        boolean merged;
        do {
            Plan plan = claimTransaction.run(() -> plan(subscription));
            if (plan.retries()) {
                Offer retry = repeated(end, () -> parkedRetries.offer(subscription, request));
                if (retry.lease() != null) {
                    return Optional.of(retry.lease());
                }
            }
            boolean atMergePoint = false;
            for (Checkpoint.Key key : plan.segments()) {
                if (!plan.retries() && !searched.test(key)) {
                    continue;
                }
                Offer offer = repeated(end, () -> offer(key, request));
                if (offer.lease() != null) {
                    last.put(subscription, (int) key.firstSlice());
                    return Optional.of(offer.lease());
                }
                atMergePoint |= offer.next() == Next.MERGE;
            }
            merged = atMergePoint && merge.tryMerge(subscription);
            searched = key -> true;
        } while (merged);
        return Optional.empty();
    }

    private Plan plan(String subscription) {
        declarations.existing(subscription);
        List<Checkpoint> segments = checkpoints.of(subscription);
        boolean retries = segments.stream().anyMatch(segment -> segment.operation() != null);
        List<Checkpoint.Key> keys = segments.stream().map(Checkpoint::key).toList();
        int after = last.getOrDefault(subscription, -1);
        List<Checkpoint.Key> turns = Stream.concat(
                        keys.stream().filter(key -> key.firstSlice() > after),
                        keys.stream().filter(key -> key.firstSlice() <= after))
                .toList();
        return new Plan(retries, turns);
    }

    /** A search in a transaction. */
    interface Search {
        Offer run();
    }

    /** @param end the time, by {@link System#nanoTime}, after which a long search ends and the next request continues it */
    private Offer repeated(long end, Search search) {
        Offer offer;
        do {
            offer = claimTransaction.run(search::run);
            offer.notifications().forEach(notifications);
        } while (offer.next() == Next.AGAIN && System.nanoTime() < end);
        return offer;
    }

    /** The declaration is read after the claim, because every change of it locks the segment first. */
    private Offer offer(Checkpoint.Key key, LeaseRequest request) {
        return checkpoints
                .claim(key)
                .filter(Checkpoint::isExternal)
                .map(segment -> offer(declarations.existing(key.subscription()), segment, request))
                .orElse(Offer.NOTHING);
    }

    private Offer offer(Declared declared, Checkpoint segment, LeaseRequest request) {
        Instant now = retryTimes.now();
        PageLease lease = segment.pageLease();
        if (lease != null && !lease.hasExpired(now)) {
            return Offer.NOTHING;
        }
        if (lease != null && lease.parked() == null) {
            return Offer.again(leaseEnd.expire(declared, segment, lease));
        }
        if (ParkedRetries.isPending(segment) || mustWait(declared, segment, now)) {
            return Offer.NOTHING;
        }
        if (segment.isAtMergePoint()) {
            return Offer.AT_MERGE_POINT;
        }
        segment.endLease();
        segment.useFilter(declared.subscription().filter());
        return read(declared, segment, request, now);
    }

    private static boolean mustWait(Declared declared, Checkpoint segment, Instant now) {
        Instant retryAt = segment.retryAt();
        return segment.isPaused() || (retryAt != null && RetryTimes.isPending(retryAt, now, declared.backoff()));
    }

    private Offer read(Declared declared, Checkpoint segment, LeaseRequest request, Instant now) {
        int size = segment.isLeasedSingly() ? 1 : request.max();
        LogPage page = events.readPage(
                declared.subscription().query(segment.slices(), segment.position(), segment.readLimit()), size);
        // as in a turn: the page was read after the claim, so a sound sequence has reached the checkpoint
        if (page.lastPosition() < segment.position()) {
            throw new SequenceResetException(page.lastPosition(), segment.position());
        }
        Set<StreamId> parked = segment.hasParkedEvents()
                ? parkedEvents.streamsAmong(declared.subscription().name(), page.events())
                : Set.of();
        List<RecordedEvent> free = page.events().stream()
                .filter(event -> !parked.contains(event.stream()))
                .toList();
        if (free.isEmpty()) {
            return pass(segment, page, request);
        }
        Lease offered = new Lease(
                UUID.randomUUID(),
                declared.subscription().name(),
                segment.slices().first(),
                now.plus(request.duration()),
                false,
                segment.isWithoutEffects(),
                segment.attempts() + 1,
                free);
        segment.lease(offered.id(), offered.lastPosition(), offered.until(), request.worker());
        return Offer.of(offered);
    }

    /** Moves past a page without an event for a worker. Events of parked streams are parked, too. */
    private Offer pass(Checkpoint segment, LogPage page, LeaseRequest request) {
        boolean replay = segment.isWithoutEffects();
        boolean replaying = segment.isReplaying();
        page.events().forEach(event -> parkedEvents.park(segment.key().subscription(), event, replay, null));
        boolean moves = !page.events().isEmpty()
                || segment.readLimit() < Long.MAX_VALUE
                || page.readTo() - segment.position() >= SHORTEST_MOVE;
        if (moves) {
            segment.advanceTo(page.readTo(), request.worker());
            segment.clearFailure();
        }
        if (segment.isAtMergePoint()) {
            return Offer.AT_MERGE_POINT;
        }
        // a replay ends between two pages, and live events may follow
        boolean replayEnded = replaying && !segment.isReplaying();
        return replayEnded || page.next() != null ? Offer.AGAIN : Offer.NOTHING;
    }
}
