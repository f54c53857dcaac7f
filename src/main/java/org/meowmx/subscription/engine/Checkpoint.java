package org.meowmx.subscription.engine;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.subscription.engine.declaration.Subscription;

/**
 * How far a segment of a subscription has read, as a row. The lock on the row is the claim of the worker that takes a
 * turn.
 */
@Entity
@Table(name = "meowmx_checkpoints")
@SuppressWarnings("NullAway.Init")
class Checkpoint {

    /** The key of a checkpoint. The first slice identifies the segment. */
    @Embeddable
    record Key(
            String subscription,
            @Column(name = "first_slice") short firstSlice) {}

    @EmbeddedId
    private Key key;

    @Column(name = "last_slice")
    private short lastSlice;

    private long position;

    private @Nullable String category;

    private @Nullable String types;

    private boolean paused;

    private int attempts;

    @Column(name = "last_failure")
    private @Nullable String lastFailure;

    @Column(name = "retry_at")
    private @Nullable Instant retryAt;

    private @Nullable String node;

    @Column(name = "wanted_segments")
    private @Nullable Short wantedSegments;

    @Column(name = "merge_at")
    private @Nullable Long mergeAt;

    @Column(name = "delayed_since")
    private @Nullable Instant delayedSince;

    private @Nullable String operation;

    @Column(name = "operation_id")
    private @Nullable UUID operationId;

    @Column(name = "operation_failure")
    private @Nullable String operationFailure;

    @Column(name = "lease_id")
    private @Nullable UUID leaseId;

    @Column(name = "lease_to")
    private @Nullable Long leaseTo;

    @Column(name = "lease_until")
    private @Nullable Instant leaseUntil;

    @Column(name = "lease_worker")
    private @Nullable String leaseWorker;

    @Column(name = "lease_parked")
    private @Nullable Long leaseParked;

    @Column(name = "single_to")
    private @Nullable Long singleTo;

    @Formula("exists (select 1 from meowmx_parked_events parked where parked.subscription = `subscription`)")
    private boolean parked;

    @Version
    @Column(name = "lock_version")
    private long lockVersion;

    protected Checkpoint() {}

    Checkpoint(String subscription, Segments.Range slices, long position, Filter filter) {
        this.key = new Key(subscription, (short) slices.first());
        this.lastSlice = (short) slices.last();
        this.position = position;
        useFilter(filter);
    }

    Key key() {
        return key;
    }

    Segments.Range slices() {
        return new Segments.Range(key.firstSlice(), lastSlice);
    }

    /** Every event up to this position, inclusive, is handled or parked. */
    long position() {
        return position;
    }

    boolean isPaused() {
        return paused;
    }

    /** The time of the next turn after a failure, by the database's clock; null if the segment waits for none. */
    @Nullable
    Instant retryAt() {
        return retryAt;
    }

    /** Whether the event after the position failed in its last attempt. */
    boolean isFailing() {
        return attempts > 0;
    }

    /** Whether the last turn ended in a failure, of an event or a transient one. */
    boolean hasFailed() {
        return isFailing() || delayedSince != null;
    }

    int attempts() {
        return attempts;
    }

    /** The text of the last failure; empty if the last turn succeeded. */
    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Whether its subscription had parked events when this row was read. */
    boolean hasParkedEvents() {
        return parked;
    }

    Filter filter() {
        return new Filter(category, types);
    }

    /**
     * Whether a node that declares this subscription may move the checkpoint: only if the filters are equal. If the
     * stored filter is wider, a node of another release requests events that this node would skip. If it is narrower,
     * other nodes may still skip events that this node requests.
     */
    boolean isFor(Subscription subscription) {
        return filter().equals(subscription.filter());
    }

    /** Changes the filter, and clears a failure: the failed event may not match the new filter. */
    void useFilter(Filter filter) {
        if (!filter.equals(filter())) {
            category = filter.category();
            types = filter.types();
            clearFailure();
        }
    }

    /**
     * Moves forward, never back.
     *
     * @param worker the node that took the turn
     */
    void advanceTo(long handled, String worker) {
        position = Math.max(position, handled);
        node = worker;
    }

    void clearFailure() {
        attempts = 0;
        lastFailure = null;
        retryAt = null;
        delayedSince = null;
    }

    /** Counts an attempt of the next event. */
    void recordFailure(String failure, Instant retry) {
        attempts++;
        lastFailure = failure;
        retryAt = retry;
        delayedSince = null;
    }

    /** Postpones the next turn after a transient failure, and counts no attempt. */
    void delay(String failure, Instant retry, Instant now) {
        lastFailure = failure;
        retryAt = retry;
        delayedSince = delayedSince(now);
    }

    /** When the transient failures began; now if this is the first in a row. */
    Instant delayedSince(Instant now) {
        return delayedSince == null ? now : delayedSince;
    }

    void pause() {
        paused = true;
    }

    /** Pauses, for a reason that is shown like a failure. */
    void pauseBecause(String reason) {
        paused = true;
        lastFailure = reason;
    }

    /** Ends a pause, and lets a failed event be retried at once. */
    void resume() {
        paused = false;
        retryAt = null;
        if (!hasFailed()) {
            lastFailure = null;
        }
    }

    /**
     * Moves forward or back, as an operator requested for all segments of the subscription. A scheduled merge moves
     * with it.
     */
    void reposition(long newPosition) {
        position = newPosition;
        mergeAt = mergeAt == null ? null : newPosition;
        singleTo = null;
        clearFailure();
        endLease();
    }

    /**
     * Leases the events after the position to a worker.
     *
     * @param to the position of the last of them
     * @param until when the lease expires, by the database's clock
     */
    void lease(UUID id, long to, Instant until, String worker) {
        leaseId = id;
        leaseTo = to;
        leaseUntil = until;
        leaseWorker = worker;
        leaseParked = null;
    }

    /** Leases a parked event to a worker. The position of the segment does not depend on it. */
    void leaseParked(UUID id, long parkedPosition, Instant until, String worker) {
        lease(id, position, until, worker);
        leaseParked = parkedPosition;
    }

    void extendLease(Instant until) {
        leaseUntil = until;
    }

    /** Ends the lease, if there is one. A worker that still uses its id is refused. */
    void endLease() {
        leaseId = null;
        leaseTo = null;
        leaseUntil = null;
        leaseWorker = null;
        leaseParked = null;
    }

    /** Whether a worker has a lease, which may have expired. */
    boolean isLeased() {
        return leaseId != null;
    }

    /** The lease; null if there is none. It may have expired. */
    @Nullable
    PageLease pageLease() {
        return leaseId == null || leaseTo == null || leaseUntil == null || leaseWorker == null
                ? null
                : new PageLease(leaseId, leaseTo, leaseUntil, leaseWorker, leaseParked);
    }

    /** The last position that this segment has read or leased. */
    long furthest() {
        return leaseTo == null ? position : Math.max(position, leaseTo);
    }

    /** Lets each event up to a position be leased alone, because one of them may have ended the worker that had them all. */
    void leaseSinglyTo(long last) {
        singleTo = singleTo == null ? last : Math.max(singleTo, last);
    }

    /** Whether the next event is leased alone. */
    boolean isLeasedSingly() {
        return isFailing() || (singleTo != null && position < singleTo);
    }

    /** The operation that a node which declares the subscription has to carry out; null if there is none. */
    @Nullable
    RequestedOperation operation() {
        return operation == null ? null : RequestedOperation.of(operation);
    }

    /** Whether a request is the last one that was made. */
    boolean isLastRequest(UUID id) {
        return id.equals(operationId);
    }

    /** Why the last requested operation failed; null if it did not. */
    @Nullable
    String operationFailure() {
        return operationFailure;
    }

    /** Requests an operation, and replaces one that is still pending. No turn is taken until it is carried out. */
    void request(RequestedOperation requested, UUID id) {
        operation = requested.text();
        operationId = id;
        operationFailure = null;
    }

    /** Replaces the operation by what is left to do of it. The request remains the same. */
    void continueAs(RequestedOperation rest) {
        operation = rest.text();
    }

    /** @param failure why the operation failed; null if it was carried out */
    void endOperation(@Nullable String failure) {
        operation = null;
        operationFailure = failure;
    }

    /** Ends a pending operation, because a node with the observers has just been asked for another one. */
    void replaceOperation() {
        if (operation != null) {
            endOperation("a later operation replaced it");
        }
    }

    /**
     * Schedules a merge.
     *
     * @param mergePoint the position at which this segment waits for the others
     * @param segments how many segments the subscription will have
     */
    void mergeAt(long mergePoint, int segments) {
        mergeAt = mergePoint;
        wantedSegments = (short) segments;
    }

    void cancelMerge() {
        mergeAt = null;
        wantedSegments = null;
    }

    /** Whether a merge is scheduled and the segment has reached the merge point. */
    boolean isAtMergePoint() {
        return mergeAt != null && position >= mergeAt;
    }

    /** The last position that the segment may read: the merge point, if a merge is scheduled. */
    long readLimit() {
        return mergeAt == null ? Long.MAX_VALUE : mergeAt;
    }

    /** How many segments the subscription will have after a scheduled merge; empty if none is scheduled. */
    OptionalInt wantedSegments() {
        return wantedSegments == null ? OptionalInt.empty() : OptionalInt.of(wantedSegments);
    }

    /** A checkpoint with another name or range, at the same position and in the same state, but without the failure. */
    Checkpoint copyAs(String subscription, Segments.Range slices) {
        Checkpoint copy = new Checkpoint(subscription, slices, position, filter());
        copy.paused = paused;
        copy.mergeAt = mergeAt;
        copy.wantedSegments = wantedSegments;
        copy.operation = operation;
        copy.operationId = operationId;
        copy.operationFailure = operationFailure;
        copy.singleTo = singleTo;
        return copy;
    }

    State state() {
        if (isFailing()) {
            return State.FAILING;
        }
        if (paused) {
            return State.PAUSED;
        }
        return delayedSince == null ? State.RUNNING : State.DELAYED;
    }

    SubscriptionStatus.Segment status() {
        return new SubscriptionStatus.Segment(
                key.firstSlice(),
                lastSlice,
                position,
                attempts,
                lastFailure,
                paused ? null : retryAt,
                delayedSince,
                node,
                leaseUntil == null || leaseWorker == null || leaseTo == null
                        ? null
                        : new SubscriptionStatus.Lease(leaseWorker, leaseTo, leaseUntil));
    }
}
