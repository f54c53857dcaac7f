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
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.transaction.Handling;

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

    @Column(name = "live_after")
    private long liveAfter;

    private UUID origin;

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

    private boolean external;

    @Formula("exists (select 1 from meowmx_parked_events parked where parked.subscription = `subscription`)")
    private boolean parked;

    @Formula(
            "(select p.serving from meowmx_projections p where p.projection = regexp_replace(`subscription`, '@.*', ''))")
    private @Nullable Integer serving;

    @Version
    @Column(name = "lock_version")
    private long lockVersion;

    protected Checkpoint() {}

    private Checkpoint(String subscription, Segments.Range slices, Checkpoint source) {
        this.key = new Key(subscription, (short) slices.first());
        this.lastSlice = (short) slices.last();
        this.position = source.position;
        this.liveAfter = source.liveAfter;
        this.origin = source.origin;
        this.serving = source.serving;
        useFilter(source.filter());
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

    /**
     * The position up to which live effects have happened, inclusive: never less than {@link #position}. An event up to it is
     * handled again. That holds also for a new subscription, whose live effects begin when it is created.
     */
    long liveAfter() {
        return liveAfter;
    }

    /** Whether the events up to {@link #readLimit} are handled again. */
    boolean isReplaying() {
        return position < liveAfter;
    }

    /**
     * The namespace of the ids that are derived for events which handlers append. All segments have the same one, and it
     * survives splitting, merging and renaming.
     */
    UUID origin() {
        return origin;
    }

    /**
     * Whether this version of its projection serves, and so has live effects. The switch needs the claim of this row, so a
     * transaction that has the claim knows it for certain.
     */
    boolean isServing() {
        return serving() == version().number();
    }

    private int serving() {
        return serving == null ? 1 : serving;
    }

    private ProjectionVersion version() {
        return ProjectionVersion.of(key.subscription());
    }

    /** The subscription that builds the serving version of the same projection. */
    String servingSubscription() {
        return new ProjectionVersion(version().projection(), serving()).subscription();
    }

    /** Whether events are handled without live effects: in a replay, or because another version serves. */
    boolean isWithoutEffects() {
        return !isServing() || isReplaying();
    }

    /**
     * The state for a thread that handles events of this segment. A version that does not serve has no live effects.
     *
     * @param derivedIds whether the events that handlers append get derived ids
     * @param replay whether the events were handled before
     * @param lookingUp whether an append searches the log for the derived ids first
     */
    Handling handling(boolean derivedIds, boolean replay, boolean lookingUp) {
        UUID namespace = derivedIds ? origin : null;
        return isServing()
                ? Handling.ofSubscription(namespace, replay, lookingUp)
                : Handling.withoutEffects(
                        namespace, "%s does not serve; %s does".formatted(version(), servingSubscription()));
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
     * Whether a node that declares this subscription may move the checkpoint: only if the filters are equal, and it is not
     * {@linkplain #isExternal external}. If the stored filter is wider, a node of another release requests events that this node
     * would skip. If it is narrower, other nodes may still skip events that this node requests.
     */
    boolean isFor(Subscription subscription) {
        return !external && filter().equals(subscription.filter());
    }

    /** Whether workers outside of the JVM move the checkpoint. Otherwise, turns of nodes do. */
    boolean isExternal() {
        return external;
    }

    void setExternal(boolean leftToWorkers) {
        external = leftToWorkers;
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
        liveAfter = Math.max(liveAfter, position);
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

    /** The time at which the transient failures began; now if this is the first in a row. */
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
     * Moves forward or back, as an operator requested for all segments of the subscription. Skipped events count as
     * completed. Live effects cannot be undone, so {@link #liveAfter} never moves back.
     */
    void reposition(long newPosition) {
        position = newPosition;
        singleTo = null;
        liveAfter = Math.max(liveAfter, newPosition);
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

    /** Requires that each event up to a position is leased alone, because one of them may have crashed the worker that had them all. */
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

    /** Replaces the operation by the rest of it. The request remains the same. */
    void continueAs(RequestedOperation rest) {
        operation = rest.text();
    }

    /** @param failure why the operation failed; null if it was carried out */
    void endOperation(@Nullable String failure) {
        operation = null;
        operationFailure = failure;
    }

    /** Ends a pending operation, because another one was requested on a node with the observers. */
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

    /**
     * The last position that a turn may read. It is the merge point, if a merge is scheduled. During a replay it is not after
     * {@link #liveAfter}, so a page is handled again as a whole or not at all.
     */
    long readLimit() {
        long mergePoint = mergeAt == null ? Long.MAX_VALUE : mergeAt;
        return isReplaying() ? Math.min(mergePoint, liveAfter) : mergePoint;
    }

    /** How many segments the subscription will have after a scheduled merge; empty if none is scheduled. */
    OptionalInt wantedSegments() {
        return wantedSegments == null ? OptionalInt.empty() : OptionalInt.of(wantedSegments);
    }

    /**
     * Takes over the live effects from the serving version, at whose position it is. Up to there they have happened; later ones belong
     * to this version.
     */
    void takeOverFrom(Checkpoint other) {
        if (position != other.position) {
            throw new IllegalStateException("Checkpoints at %d and %d".formatted(position, other.position));
        }
        liveAfter = other.liveAfter;
    }

    /** A checkpoint with another name or range, at the same position and in the same state, but without the failure. */
    Checkpoint copyAs(String subscription, Segments.Range slices) {
        Checkpoint copy = new Checkpoint(subscription, slices, this);
        copy.paused = paused;
        copy.mergeAt = mergeAt;
        copy.wantedSegments = wantedSegments;
        copy.operation = operation;
        copy.operationId = operationId;
        copy.operationFailure = operationFailure;
        copy.singleTo = singleTo;
        copy.external = external;
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
