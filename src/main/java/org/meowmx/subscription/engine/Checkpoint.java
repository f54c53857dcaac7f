package org.meowmx.subscription.engine;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.OptionalInt;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.subscription.engine.declaration.Subscription;

/** How far a segment of a subscription has read, as a row; its row lock is the claim of the worker whose turn it is. */
@Entity
@Table(name = "meowmx_checkpoints")
@SuppressWarnings("NullAway.Init")
class Checkpoint {

    /** The key of a checkpoint: a segment is known by its first slice. */
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
    private @Nullable Long meetingAt;

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
        readUnder(filter);
    }

    Key key() {
        return key;
    }

    Segments.Range slices() {
        return new Segments.Range(key.firstSlice(), lastSlice);
    }

    /** Every event at or below it is handled or parked. */
    long position() {
        return position;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether no turn is to be taken now: it is paused, or waits before it tries again. */
    boolean isAtRest(Instant now) {
        return paused || (retryAt != null && retryAt.isAfter(now));
    }

    boolean isFailing() {
        return attempts > 0;
    }

    int attempts() {
        return attempts;
    }

    /** Whether its subscription had parked events when it was read. */
    boolean hasParkedEvents() {
        return parked;
    }

    Filter filter() {
        return new Filter(category, types);
    }

    /**
     * Whether a node that asks for this may move it. Where another release asks for more, it would pass by what that one wants;
     * where less was asked for, others may still pass by what it wants itself.
     */
    boolean isFor(Subscription subscription) {
        return filter().equals(subscription.filter());
    }

    /** Asks for something else from now on; what it had failed at may be no part of that. */
    void readUnder(Filter filter) {
        if (!filter.equals(filter())) {
            category = filter.category();
            types = filter.types();
            succeeded();
        }
    }

    /** Moves forward, never back. */
    void advanceTo(long handled, String worker) {
        position = Math.max(position, handled);
        node = worker;
    }

    /** Forgets what it had failed at. */
    void succeeded() {
        attempts = 0;
        lastFailure = null;
        retryAt = null;
    }

    void failed(String failure, Instant retry) {
        attempts++;
        lastFailure = failure;
        retryAt = retry;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        retryAt = null;
    }

    /** Goes to another place, back or forth, as do all segments of the subscription; an operator's decision. */
    void reposition(long place) {
        position = place;
        meetingAt = meetingAt == null ? null : place;
        succeeded();
    }

    /** Waits from now on at a place, where all segments meet that are to give way to so many others. */
    void meet(long place, int segments) {
        meetingAt = place;
        wantedSegments = (short) segments;
    }

    /** Waits for no other segment any more. */
    void stayApart() {
        meetingAt = null;
        wantedSegments = null;
    }

    /** Whether it stands where all segments meet. */
    boolean hasMet() {
        return meetingAt != null && position >= meetingAt;
    }

    /** Up to which position it may read. */
    long limit() {
        return meetingAt == null ? Long.MAX_VALUE : meetingAt;
    }

    /** How many segments there are to be in its subscription; empty when there are. */
    OptionalInt wantedSegments() {
        return wantedSegments == null ? OptionalInt.empty() : OptionalInt.of(wantedSegments);
    }

    /** A checkpoint of another subscription, or of another range, at the same place. */
    Checkpoint as(String subscription, Segments.Range slices) {
        Checkpoint copy = new Checkpoint(subscription, slices, position, filter());
        copy.paused = paused;
        copy.meetingAt = meetingAt;
        copy.wantedSegments = wantedSegments;
        return copy;
    }

    State state() {
        if (isFailing()) {
            return State.FAILING;
        }
        return paused ? State.PAUSED : State.RUNNING;
    }

    SubscriptionStatus.Segment status() {
        return new SubscriptionStatus.Segment(
                key.firstSlice(), lastSlice, position, attempts, lastFailure, retryAt, node);
    }
}
