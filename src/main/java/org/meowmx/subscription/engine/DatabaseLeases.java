package org.meowmx.subscription.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.meowmx.Required;
import org.meowmx.subscription.lease.ExternalSubscription;
import org.meowmx.subscription.lease.Lease;
import org.meowmx.subscription.lease.LeaseDelivery;
import org.meowmx.subscription.lease.LeaseRequest;
import org.meowmx.subscription.lease.Leases;

/** The leases of workers in the database. Delegates each call to the class that does the work. */
final class DatabaseLeases implements Leases, LeaseDelivery {

    private final ExternalCreation declaring;
    private final LeaseOffers offers;
    private final HeldLeases held;
    private final DueSegments due;
    private final StatusReader status;

    DatabaseLeases(
            ExternalCreation declaring, LeaseOffers offers, HeldLeases held, DueSegments due, StatusReader status) {
        this.declaring = declaring;
        this.offers = offers;
        this.held = held;
        this.due = due;
        this.status = status;
    }

    @Override
    public boolean declare(ExternalSubscription declaration) {
        try {
            return declaring.declare(Required.present("declaration", declaration));
        } finally {
            status.changed();
        }
    }

    @Override
    public Optional<Lease> lease(String subscription, LeaseRequest request) {
        return offers.lease(
                Required.present("subscription", subscription), key -> true, Required.present("request", request));
    }

    @Override
    public Map<String, Set<Integer>> withWork(Collection<String> subscriptions) {
        return due.find(subscriptions).stream()
                .collect(groupingBy(
                        DueSegment::subscription,
                        mapping(segment -> segment.slices().first(), Collectors.toUnmodifiableSet())));
    }

    @Override
    public Optional<Lease> lease(String subscription, Set<Integer> segments, LeaseRequest request) {
        return offers.lease(subscription, key -> segments.contains((int) key.firstSlice()), request);
    }

    @Override
    public void acknowledge(String subscription, UUID lease) {
        held.acknowledge(Required.present("subscription", subscription), Required.present("lease", lease), null);
    }

    @Override
    public void acknowledge(String subscription, UUID lease, long position) {
        held.acknowledge(Required.present("subscription", subscription), Required.present("lease", lease), position);
    }

    @Override
    public Instant extend(String subscription, UUID lease, Duration duration) {
        LeaseRequest.requireDuration(Required.present("duration", duration));
        return held.extend(Required.present("subscription", subscription), Required.present("lease", lease), duration);
    }

    @Override
    public void fail(String subscription, UUID lease, long position, String message) {
        held.fail(
                Required.present("subscription", subscription),
                Required.present("lease", lease),
                position,
                Required.present("message", message));
    }

    @Override
    public void giveBack(String subscription, UUID lease) {
        held.giveBack(subscription, lease);
    }
}
