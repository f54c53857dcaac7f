package org.meowmx.subscription.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;

/**
 * External subscriptions and the leases of their workers. The REST API uses it. Inject it.
 *
 * <p>{@link org.meowmx.subscription.Subscriptions} lists and controls external subscriptions like all others. Unlike others, they can
 * be renamed and deleted at any time.
 */
public interface Leases {

    /**
     * Declares an external subscription, or changes its filter and its rule for failures.
     *
     * <p>If checkpoints of this name exist and no running node declares it, the subscription continues from them. If
     * the filter changes, current leases end.
     *
     * @return whether it was declared for the first time
     * @throws SubscriptionConflictException if an observer of a running node declares the name, or the name was renamed or deleted on
     *     purpose
     */
    boolean declare(ExternalSubscription declaration);

    /**
     * Leases the next page of one segment. The segments take turns.
     *
     * @return empty if no segment has an event to lease now
     * @throws UnknownSubscriptionException if no external subscription has this name
     */
    Optional<Lease> lease(String subscription, LeaseRequest request);

    /**
     * Acknowledges all events of a lease, and ends it.
     *
     * @throws LeaseLostException if the lease has ended
     */
    void acknowledge(String subscription, UUID lease);

    /**
     * Acknowledges the events up to a position. The lease ends when its last event is acknowledged.
     *
     * @throws IllegalArgumentException if the position is after the last event of the lease
     * @throws LeaseLostException if the lease has ended
     */
    void acknowledge(String subscription, UUID lease, long position);

    /**
     * Extends a lease: it expires after this duration from now.
     *
     * @return when it expires, by the database's clock
     * @throws LeaseLostException if the lease has ended
     */
    Instant extend(String subscription, UUID lease, Duration duration);

    /**
     * Reports that an event failed. The events before it are acknowledged, an attempt of it is counted, and the lease ends.
     *
     * @param position the position of an event of the lease that is not acknowledged
     * @param message the reason; it is stored and shown to operators
     * @throws IllegalArgumentException if the lease has no such event
     * @throws LeaseLostException if the lease has ended
     */
    void fail(String subscription, UUID lease, long position, String message);
}
