package org.meowmx.subscription.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.engine.ExternalDeclarations.Declared;
import org.meowmx.subscription.lease.LeaseLostException;
import org.meowmx.transaction.ClaimTransaction;

/**
 * The operations of a worker on its lease. Each one is a transaction that finds and locks the row by the id of the lease. If the lease
 * was replaced or has expired, nothing is changed.
 */
final class HeldLeases {

    private static final int LONGEST_TEXT = 8_000;

    private final ClaimTransaction claimTransaction;
    private final Checkpoints checkpoints;
    private final ExternalDeclarations declarations;
    private final RetryTimes retryTimes;
    private final LeaseEnd leaseEnd;
    private final ParkedRetries parkedRetries;
    private final Consumer<Object> notifications;

    HeldLeases(
            ClaimTransaction claimTransaction,
            Checkpoints checkpoints,
            ExternalDeclarations declarations,
            RetryTimes retryTimes,
            LeaseEnd leaseEnd,
            ParkedRetries parkedRetries,
            Consumer<Object> notifications) {
        this.claimTransaction = claimTransaction;
        this.checkpoints = checkpoints;
        this.declarations = declarations;
        this.retryTimes = retryTimes;
        this.leaseEnd = leaseEnd;
        this.parkedRetries = parkedRetries;
        this.notifications = notifications;
    }

    /**
     * A lease that has not ended, in a locked row.
     *
     * @param declared the declaration of its subscription
     * @param segment the segment that has the lease
     * @param lease the lease
     * @param now the current time of the database
     */
    private record Held(Declared declared, Checkpoint segment, PageLease lease, Instant now) {

        String name() {
            return declared.subscription().name();
        }
    }

    private Held held(String subscription, UUID id) {
        // also empty if the subscription was renamed or deleted, which ends the lease
        Checkpoint segment = checkpoints
                .claimLease(subscription, id)
                .filter(Checkpoint::isExternal)
                .orElseThrow(() -> new LeaseLostException(subscription, id));
        PageLease lease = segment.pageLease();
        Instant now = retryTimes.now();
        if (lease == null || lease.hasExpired(now)) {
            throw new LeaseLostException(subscription, id);
        }
        return new Held(declarations.existing(subscription), segment, lease, now);
    }

    /** @param position null for all events */
    void acknowledge(String subscription, UUID id, @Nullable Long position) {
        claimTransaction
                .run(() -> acknowledge(held(subscription, id), position))
                .forEach(notifications);
    }

    private List<Object> acknowledge(Held held, @Nullable Long position) {
        Long parked = held.lease().parked();
        long last = parked == null ? held.lease().to() : parked;
        if (position != null && position > last) {
            throw new IllegalArgumentException(
                    "position must be at most %d, the last event of the lease, was %d".formatted(last, position));
        }
        if (parked == null) {
            return leaseEnd.pass(held.declared(), held.segment(), held.lease(), position == null ? last : position);
        }
        if (position == null || position == last) {
            parkedRetries.handled(held.name(), held.segment(), parked);
        }
        return List.of();
    }

    /** Returns when the lease expires now. */
    Instant extend(String subscription, UUID id, Duration duration) {
        return claimTransaction.run(() -> {
            Held held = held(subscription, id);
            Instant until = held.now().plus(duration);
            held.segment().extendLease(until);
            return until;
        });
    }

    void fail(String subscription, UUID id, long position, String sent) {
        String message = text(sent);
        claimTransaction
                .run(() -> {
                    if (checkpoints.isLeaseOfParked(subscription, id)) {
                        // the request of the operator ends in all segments, which are locked in their order
                        List<Checkpoint> segments = checkpoints.lockExisting(subscription);
                        return failParked(segments, held(subscription, id), position, message);
                    }
                    Held held = held(subscription, id);
                    return leaseEnd.fail(held.declared(), held.segment(), held.lease(), position, message);
                })
                .forEach(notifications);
    }

    /** The part of a message that is stored. PostgreSQL's type text cannot hold U+0000. */
    private static String text(String message) {
        return message.substring(0, Math.min(message.length(), LONGEST_TEXT)).replace('\0', '\uFFFD');
    }

    private List<Object> failParked(List<Checkpoint> segments, Held held, long position, String message) {
        Long parked = held.lease().parked();
        if (parked == null || parked != position) {
            throw new IllegalArgumentException(
                    "position must be that of the leased event, %d, was %d".formatted(parked, position));
        }
        parkedRetries.failed(segments, held.segment(), held.lease(), message);
        return List.of();
    }

    void giveBack(String subscription, UUID id) {
        claimTransaction.run(() -> {
            checkpoints.claimLease(subscription, id).ifPresent(Checkpoint::endLease);
            return id;
        });
    }
}
