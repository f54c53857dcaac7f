package org.meowmx.subscription.engine;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.subscription.engine.LeaseOffers.Offer;
import org.meowmx.subscription.engine.RequestedOperation.RetryParked;
import org.meowmx.subscription.engine.RequestedOperation.SkipParked;
import org.meowmx.subscription.lease.Lease;
import org.meowmx.subscription.lease.LeaseRequest;

/**
 * Leases parked events, one at a time, after an operator has requested to retry their stream. The request is stored in all segments,
 * like requests that wait for a node with observers ({@link RequestedOperations}). It ends when no event of the stream is left, or one
 * fails again. Every method needs a transaction.
 */
final class ParkedRetries {

    private final Checkpoints checkpoints;
    private final EventStore events;
    private final ParkedEvents parkedEvents;
    private final RetryTimes retryTimes;

    ParkedRetries(Checkpoints checkpoints, EventStore events, ParkedEvents parkedEvents, RetryTimes retryTimes) {
        this.checkpoints = checkpoints;
        this.events = events;
        this.parkedEvents = parkedEvents;
        this.retryTimes = retryTimes;
    }

    /** Leases the first parked event of the stream. Does nothing if its segment is leased, or another transaction holds a segment. */
    Offer offer(String subscription, LeaseRequest request) {
        List<Checkpoint> segments = checkpoints.claimAll(subscription);
        int slices = segments.stream().mapToInt(one -> one.slices().size()).sum();
        if (slices < StreamId.SLICES) {
            // the thread that serves all waiting workers must not wait
            return Offer.NOTHING;
        }
        StreamId stream = stream(segments.get(0).operation());
        if (stream == null) {
            segments.forEach(Checkpoint::replaceOperation);
            return Offer.ENDED;
        }
        Checkpoint segment = segments.stream()
                .filter(one -> one.slices().has(stream.slice()))
                .findFirst()
                .orElseThrow();
        Instant now = retryTimes.now();
        boolean skips = segment.operation() instanceof SkipParked;
        PageLease lease = segment.pageLease();
        if (lease != null) {
            if (lease.parked() == null || (!skips && !lease.hasExpired(now))) {
                return lease.hasExpired(now) ? Offer.ENDED : Offer.NOTHING;
            }
            if (!skips) {
                failed(segments, segment, lease, expired(lease));
                return Offer.ENDED;
            }
            segment.endLease();
        }
        if (skips) {
            parkedEvents.first(subscription, stream, 1).forEach(parkedEvents::remove);
            segments.forEach(one -> one.continueAs(new RetryParked(stream)));
        }
        return next(segments, segment, stream, request, now);
    }

    private static String expired(PageLease lease) {
        return "The lease of worker '%s' expired at %s".formatted(lease.worker(), lease.until());
    }

    private Offer next(
            List<Checkpoint> segments, Checkpoint segment, StreamId stream, LeaseRequest request, Instant now) {
        String name = segment.key().subscription();
        List<ParkedEvent> first = parkedEvents.first(name, stream, 1);
        if (first.isEmpty()) {
            end(segments, null);
            return Offer.ENDED;
        }
        long version = first.get(0).version();
        RecordedEvent event = events.read(
                        stream, StreamRange.all().from(version).to(version))
                .first()
                .orElseThrow();
        Lease offered = new Lease(
                UUID.randomUUID(),
                name,
                segment.slices().first(),
                now.plus(request.duration()),
                true,
                first.get(0).isReplay(),
                1,
                List.of(event));
        segment.leaseParked(offered.id(), event.position(), offered.until(), request.worker());
        return Offer.of(offered);
    }

    /** Whether the segment has to wait for a requested operation. While parked events are retried, the other segments continue. */
    static boolean isPending(Checkpoint segment) {
        RequestedOperation operation = segment.operation();
        StreamId stream = stream(operation);
        return operation != null && (stream == null || segment.slices().has(stream.slice()));
    }

    private static @Nullable StreamId stream(@Nullable RequestedOperation operation) {
        if (operation instanceof RetryParked retry) {
            return retry.stream();
        }
        return operation instanceof SkipParked skip ? skip.stream() : null;
    }

    /** Removes a parked event that a worker has handled. */
    void handled(String subscription, Checkpoint segment, long position) {
        parkedEvents.remove(subscription, position);
        segment.endLease();
    }

    /** Ends the request, because the leased event failed again. A later request for another stream stays. */
    void failed(List<Checkpoint> segments, Checkpoint segment, PageLease lease, String message) {
        segment.endLease();
        StreamId requested = stream(segment.operation());
        boolean isCurrent = requested != null
                && parkedEvents
                        .find(segment.key().subscription(), requested)
                        .filter(parked -> Long.valueOf(parked.firstPosition()).equals(lease.parked()))
                        .isPresent();
        if (isCurrent) {
            end(segments, message);
        }
    }

    private static void end(List<Checkpoint> segments, @Nullable String failure) {
        segments.stream()
                .filter(segment -> segment.operation() != null)
                .forEach(segment -> segment.endOperation(failure));
    }
}
