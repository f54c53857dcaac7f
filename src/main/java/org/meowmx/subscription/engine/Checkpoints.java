package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.meowmx.EventStore;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.engine.cluster.Node;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.transaction.PlainSql;

/** The checkpoints in the database. Every method needs a transaction. */
final class Checkpoints {

    private static final String CREATE = """
            insert into meowmx_checkpoints
                    (subscription, first_slice, last_slice, position, category, types, lock_version)
            values (:subscription, :firstSlice, :lastSlice, :position, :category, :types, 0)
            on conflict do nothing""";

    private static final String OF = """
            select checkpoint from Checkpoint checkpoint
            where checkpoint.key.subscription = :subscription order by checkpoint.key.firstSlice""";

    private static final String ALL = """
            select checkpoint from Checkpoint checkpoint
            order by checkpoint.key.subscription, checkpoint.key.firstSlice""";

    private static final String CLAIM = """
            select first_slice from meowmx_checkpoints
            where subscription = ? and first_slice = ? for update skip locked""";

    private static final String CLAIM_SLICE = """
            select first_slice from meowmx_checkpoints
            where subscription = ? and first_slice <= ? and last_slice >= ? for update skip locked""";

    private static final String CLAIM_ALL = """
            select first_slice from meowmx_checkpoints
            where subscription = ? order by first_slice for update skip locked""";

    private static final String CLAIM_LEASE = """
            select first_slice from meowmx_checkpoints
            where subscription = ? and lease_id = ? for update""";

    private static final String IS_PARKED_LEASE = """
            select lease_parked is not null from meowmx_checkpoints where subscription = ? and lease_id = ?""";

    private static final String LOCK = """
            select first_slice from meowmx_checkpoints
            where subscription = ? order by first_slice for update""";

    private final EntityManager em;
    private final EventStore events;
    private final Node node;

    /** @param node the node that is stored with a turn */
    Checkpoints(EntityManager em, EventStore events, Node node) {
        this.em = em;
        this.events = events;
        this.node = node;
    }

    /** Creates the checkpoints of a new subscription. Does nothing if the subscription has checkpoints. */
    void create(Subscription subscription, SubscriptionSettings settings) {
        if (!of(subscription.name()).isEmpty()) {
            return;
        }
        long position = position(settings.creation().start());
        for (Segments.Range slices : Segments.of(settings.creation().segments())) {
            if (!insert(subscription, slices, position)) {
                // another node was faster: every layout has a segment at slice 0, and the first insert of that row
                // decides
                return;
            }
        }
    }

    /** Replaces locked checkpoints by others. */
    void replaceAll(List<Checkpoint> before, List<Checkpoint> after) {
        before.forEach(em::remove);
        // Hibernate would insert before it deletes, and the keys overlap
        em.flush();
        after.forEach(em::persist);
    }

    /**
     * Replaces the locked segments of a subscription by others. Each has the position of the segment that its slices
     * come from.
     */
    void replace(List<Checkpoint> segments, List<Segments.Range> after) {
        replaceAll(segments, after.stream().map(range -> copy(segments, range)).toList());
    }

    private static Checkpoint copy(List<Checkpoint> segments, Segments.Range range) {
        Checkpoint source = segments.stream()
                .filter(segment -> segment.slices().has(range.first()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No segment has slice " + range.first()));
        return source.copyAs(source.key().subscription(), range);
    }

    void remove(List<Checkpoint> checkpoints) {
        checkpoints.forEach(em::remove);
    }

    private boolean insert(Subscription subscription, Segments.Range slices, long position) {
        Filter filter = subscription.filter();
        return em.createNativeQuery(CREATE)
                        .setParameter("subscription", subscription.name())
                        .setParameter("firstSlice", slices.first())
                        .setParameter("lastSlice", slices.last())
                        .setParameter("position", position)
                        .setParameter("category", filter.category())
                        .setParameter("types", filter.types())
                        .executeUpdate()
                == 1;
    }

    /**
     * The position after which reading starts. It is never above the high-water mark, so that no event is skipped that
     * is still to commit. The mark is read first.
     */
    long position(ReadFrom from) {
        long mark = events.highWaterMark();
        if (from instanceof ReadFrom.After after) {
            return Math.min(mark, after.position());
        }
        if (from instanceof ReadFrom.Time time) {
            return Math.min(mark, events.positionBefore(time.time()));
        }
        return mark;
    }

    /** Moves a claimed checkpoint forward to a position up to which this node has handled everything. */
    void advance(Checkpoint claimed, long handled) {
        claimed.advanceTo(handled, node.name());
    }

    /** The checkpoints of a subscription, by slices. */
    List<Checkpoint> of(String subscription) {
        return em.createQuery(OF, Checkpoint.class)
                .setParameter("subscription", subscription)
                .getResultList();
    }

    /** All checkpoints, by subscription and slices. */
    List<Checkpoint> all() {
        return em.createQuery(ALL, Checkpoint.class).getResultList();
    }

    /**
     * Claims a segment until the end of the transaction; empty if another transaction holds it, or it no longer exists.
     */
    Optional<Checkpoint> claim(Checkpoint.Key key) {
        return lockRows(CLAIM, List.of(key.subscription(), key.firstSlice())).stream()
                .findFirst()
                .map(locked -> em.find(Checkpoint.class, key));
    }

    /**
     * Claims the segments of a subscription until the end of the transaction, except those that another transaction
     * holds.
     */
    List<Checkpoint> claimAll(String subscription) {
        return locked(CLAIM_ALL, subscription);
    }

    /**
     * Claims the segment that contains a slice until the end of the transaction; empty if another transaction holds it.
     */
    Optional<Checkpoint> claimSlice(String subscription, int slice) {
        return lockRows(CLAIM_SLICE, List.of(subscription, slice, slice)).stream()
                .findFirst()
                .map(locked -> em.find(Checkpoint.class, new Checkpoint.Key(subscription, locked)));
    }

    /** Waits for the segment that has a lease, and claims it until the end of the transaction; empty if none has the lease. */
    Optional<Checkpoint> claimLease(String subscription, UUID lease) {
        return lockRows(CLAIM_LEASE, List.of(subscription, lease)).stream()
                .findFirst()
                .map(locked -> em.find(Checkpoint.class, new Checkpoint.Key(subscription, locked)));
    }

    /** Whether a lease is of a parked event. Locks nothing. */
    boolean isLeaseOfParked(String subscription, UUID lease) {
        return PlainSql.query(em, IS_PARKED_LEASE, List.of(subscription, lease), row -> row.getBoolean(1)).stream()
                .anyMatch(parked -> parked);
    }

    /**
     * The checkpoints of a subscription, by slices.
     *
     * @throws UnknownSubscriptionException if the subscription has no checkpoint
     */
    List<Checkpoint> existing(String subscription) {
        List<Checkpoint> segments = of(subscription);
        if (segments.isEmpty()) {
            throw new UnknownSubscriptionException(subscription);
        }
        return segments;
    }

    /**
     * Waits for running turns, and locks all segments of a subscription until the end of the transaction.
     *
     * @throws UnknownSubscriptionException if the subscription has no checkpoint
     */
    List<Checkpoint> lockExisting(String subscription) {
        List<Checkpoint> segments = lock(subscription);
        if (segments.isEmpty()) {
            throw new UnknownSubscriptionException(subscription);
        }
        return segments;
    }

    /** As {@link #lockExisting}, but returns an empty list if the subscription has no checkpoint. */
    List<Checkpoint> lock(String subscription) {
        List<Checkpoint> locked = locked(LOCK, subscription);
        // all rows may have been replaced by others during the wait
        return locked.isEmpty() ? locked(LOCK, subscription) : locked;
    }

    private List<Checkpoint> locked(String sql, String subscription) {
        List<Short> firstSlices = lockRows(sql, List.of(subscription));
        if (firstSlices.isEmpty()) {
            // do not read unlocked rows: the persistence context would keep them, and they would be stale under a later
            // lock
            return List.of();
        }
        return of(subscription).stream()
                .filter(checkpoint -> firstSlices.contains(checkpoint.key().firstSlice()))
                .toList();
    }

    /**
     * Locks rows and returns their first slices. The rows are read afterwards, so that nothing is older than the lock.
     */
    private List<Short> lockRows(String sql, List<?> values) {
        return PlainSql.query(em, sql, values, row -> row.getShort(1));
    }
}
