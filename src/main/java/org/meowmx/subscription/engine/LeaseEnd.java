package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.SubscriptionRecovered;
import org.meowmx.subscription.engine.ExternalDeclarations.Declared;
import org.meowmx.subscription.lease.LeaseRequest;
import org.meowmx.subscription.lease.WorkerFailedException;

/**
 * Applies the end of a lease to its segment: moves the checkpoint past the handled events, or counts an attempt of a failed event.
 * Every method needs a transaction that holds the claim of the segment.
 */
final class LeaseEnd {

    private static final Logger LOG = System.getLogger(LeaseEnd.class.getName());

    private final EventStore events;
    private final ParkedEvents parkedEvents;
    private final Failures failures;

    LeaseEnd(EventStore events, ParkedEvents parkedEvents, Failures failures) {
        this.events = events;
        this.parkedEvents = parkedEvents;
        this.failures = failures;
    }

    /**
     * The leased events that are not acknowledged.
     *
     * @param all all of them, with those of parked streams
     * @param parked the streams that are parked: the worker has not received their events
     */
    private record Rest(List<RecordedEvent> all, Set<StreamId> parked) {

        List<RecordedEvent> leased() {
            return all.stream()
                    .filter(event -> !parked.contains(event.stream()))
                    .toList();
        }

        List<RecordedEvent> unleased(long upTo) {
            return all.stream()
                    .filter(event -> event.position() <= upTo && parked.contains(event.stream()))
                    .toList();
        }
    }

    /** @param to the position of the last event */
    private Rest rest(Declared declared, Checkpoint segment, long to) {
        List<RecordedEvent> all = events.readPage(
                        declared.subscription().query(segment.slices(), segment.position(), to),
                        LeaseRequest.MOST_EVENTS)
                .events();
        Set<StreamId> parked = segment.hasParkedEvents()
                ? parkedEvents.streamsAmong(declared.subscription().name(), all)
                : Set.of();
        return new Rest(all, parked);
    }

    /**
     * Moves the checkpoint forward to a position of the page, and parks the events before it whose streams are parked. At
     * the end of the page, the lease ends.
     *
     * @return the notifications to send after the commit
     */
    List<Object> pass(Declared declared, Checkpoint segment, PageLease lease, long upTo) {
        if (upTo <= segment.position()) {
            return List.of();
        }
        if (segment.hasParkedEvents()) {
            park(segment, rest(declared, segment, upTo).unleased(upTo));
        }
        segment.advanceTo(upTo, lease.worker());
        if (upTo == lease.to()) {
            segment.endLease();
        }
        if (!segment.hasFailed()) {
            return List.of();
        }
        segment.clearFailure();
        return List.of(new SubscriptionRecovered(
                declared.subscription().name(), segment.slices().first()));
    }

    private void park(Checkpoint segment, List<RecordedEvent> unleased) {
        boolean replay = segment.isWithoutEffects();
        unleased.forEach(event -> parkedEvents.park(segment.key().subscription(), event, replay, null));
    }

    /**
     * Records the failure of a leased event, after those before it are passed, and ends the lease.
     *
     * @throws IllegalArgumentException if the page has no event of this position that is not acknowledged
     */
    List<Object> fail(Declared declared, Checkpoint segment, PageLease lease, long position, String message) {
        Rest rest = rest(declared, segment, lease.to());
        RecordedEvent failed = rest.leased().stream()
                .filter(event -> event.position() == position)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "position must be that of an event of the lease that is not acknowledged, was %d"
                                .formatted(position)));
        park(segment, rest.unleased(position));
        if (rest.leased().indexOf(failed) > 0) {
            segment.clearFailure();
        }
        segment.advanceTo(position - 1, lease.worker());
        return record(declared, segment, lease, failed, message);
    }

    /**
     * Ends a lease that has expired. If it was of one event, that counts as an attempt of the event. If it was of
     * several, each of them is leased alone from now on.
     */
    List<Object> expire(Declared declared, Checkpoint segment, PageLease lease) {
        List<RecordedEvent> leased = rest(declared, segment, lease.to()).leased();
        if (leased.size() == 1) {
            String message =
                    "The lease of worker '%s' expired at %s: the worker has neither acknowledged, failed nor extended it"
                            .formatted(lease.worker(), lease.until());
            return record(declared, segment, lease, leased.get(0), message);
        }
        segment.leaseSinglyTo(lease.to());
        segment.endLease();
        LOG.log(
                Level.WARNING,
                "A lease of subscription ''{0}'' expired: worker ''{1}'' had {2} events (segment at slice {3}). They are leased again, one at a time, so that an event that ends its worker is found",
                declared.subscription().name(),
                lease.worker(),
                leased.size(),
                segment.slices().first());
        return List.of();
    }

    private List<Object> record(
            Declared declared, Checkpoint segment, PageLease lease, RecordedEvent failed, String message) {
        segment.endLease();
        Object notification = failures.decide(
                declared.segment(segment.key()),
                segment,
                failed,
                new WorkerFailedException(lease.worker(), message),
                message);
        LOG.log(
                Level.WARNING,
                "Subscription ''{0}'' failed at {1} in worker ''{2}'': {3}; {4}",
                declared.subscription().name(),
                failed,
                lease.worker(),
                message,
                new RecordedFailure(notification, false).consequence());
        return List.of(notification);
    }
}
