package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.meowmx.EventIds;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.engine.cluster.Node;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.transaction.Message;
import org.meowmx.transaction.PlainSql;
import org.meowmx.transaction.PlainSql.Query;

/** The checkpoints in the database. Every method needs a transaction. */
final class Checkpoints {

    private static final String CREATE = """
            insert into meowmx_checkpoints
                    (subscription, first_slice, last_slice, position, live_after, origin, category, types,
                     external, lock_version)
            values (:subscription, :firstSlice, :lastSlice, :position, :liveAfter, :origin, :category, :types, :external, 0)
            on conflict do nothing""";

    private static final String OF = """
            select checkpoint from Checkpoint checkpoint
            where checkpoint.key.subscription = :subscription order by checkpoint.key.firstSlice""";

    private static final String MOVED_BY_NODES =
            "select count(*) from meowmx_checkpoints where subscription = ? and not external";

    private static final String WITH_ORIGIN = """
            select count(checkpoint) from Checkpoint checkpoint where checkpoint.origin = :origin""";

    private static final String SMALLEST_POSITION = """
            select min(position) from meowmx_checkpoints
            where subscription = ? and first_slice <= ? and last_slice >= ?""";

    private static final String ALL = """
            select checkpoint from Checkpoint checkpoint
            order by checkpoint.key.subscription, checkpoint.key.firstSlice""";

    private static final String SUBSCRIPTIONS = """
            select distinct checkpoint.key.subscription from Checkpoint checkpoint""";

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
    private final LogCatalog catalog;
    private final Node node;

    /** @param node the node that is stored with a turn */
    Checkpoints(EntityManager em, EventStore events, LogCatalog catalog, Node node) {
        this.em = em;
        this.events = events;
        this.catalog = catalog;
        this.node = node;
    }

    /**
     * Creates the checkpoints of a new subscription. Does nothing if the subscription has checkpoints. Live effects begin after
     * the high-water mark, also if the subscription reads from the beginning.
     *
     * @param external whether workers outside of the JVM move the checkpoints
     */
    void create(Subscription subscription, SubscriptionSettings.Creation creation, boolean external) {
        if (!of(subscription.name()).isEmpty()) {
            return;
        }
        long mark = events.highWaterMark();
        long position = position(creation.start(), mark);
        UUID origin = origin(subscription.version());
        for (Segments.Range slices : Segments.of(creation.segments())) {
            if (!insert(subscription, slices, position, mark, origin, external)) {
                // another node was faster: every layout has a segment at slice 0, and the first insert of that row
                // decides
                return;
            }
        }
    }

    /** All versions of a projection derive the same ids. */
    private UUID origin(ProjectionVersion version) {
        return all().stream()
                .filter(other -> ProjectionVersion.of(other.key().subscription())
                        .projection()
                        .equals(version.projection()))
                .findFirst()
                .map(Checkpoint::origin)
                .orElseGet(() -> newOrigin(version.projection()));
    }

    /**
     * The name decides, so a lost checkpoint that is created again recognises the events that its handlers have appended. If the first
     * owner of the name was renamed and still exists, its namespace is its own.
     */
    private UUID newOrigin(String projection) {
        UUID named = EventIds.named(catalog.logId(), projection);
        boolean used = em.createQuery(WITH_ORIGIN, Long.class)
                        .setParameter("origin", named)
                        .getSingleResult()
                > 0;
        return used ? UUID.randomUUID() : named;
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

    private boolean insert(
            Subscription subscription,
            Segments.Range slices,
            long position,
            long liveAfter,
            UUID origin,
            boolean external) {
        Filter filter = subscription.filter();
        return em.createNativeQuery(CREATE)
                        .setParameter("subscription", subscription.name())
                        .setParameter("firstSlice", slices.first())
                        .setParameter("lastSlice", slices.last())
                        .setParameter("position", position)
                        .setParameter("liveAfter", liveAfter)
                        .setParameter("origin", origin)
                        .setParameter("category", filter.category())
                        .setParameter("types", filter.types())
                        .setParameter("external", external)
                        .executeUpdate()
                == 1;
    }

    /** Whether nodes move checkpoints of this subscription, and not workers outside of the JVM. */
    boolean areMovedByNodes(String subscription) {
        return PlainSql.query(em, MOVED_BY_NODES, List.of(subscription), row -> row.getLong(1))
                        .get(0)
                > 0;
    }

    /**
     * The position after which reading starts. It is never above the high-water mark, so no event that is not yet
     * committed is skipped. The mark is read first.
     */
    long position(ReadFrom from) {
        return position(from, events.highWaterMark());
    }

    private long position(ReadFrom from, long mark) {
        if (from instanceof ReadFrom.After after) {
            return Math.min(mark, after.position());
        }
        if (from instanceof ReadFrom.Time time) {
            return Math.min(mark, events.positionBefore(time.time()));
        }
        return mark;
    }

    /**
     * The last position that a version which does not serve may read: up to there the serving version has handled or parked all
     * events of these slices. {@code live_after} would be too far: a serving version that was created later has not appended
     * anything for the events up to it. 0 if the serving version has no checkpoint.
     */
    long limitOfServing(Checkpoint waiting) {
        Segments.Range slices = waiting.slices();
        return PlainSql.query(
                        em,
                        SMALLEST_POSITION,
                        List.of(waiting.servingSubscription(), slices.last(), slices.first()),
                        row -> row.getLong(1))
                .get(0);
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

    /** The versions of a projection that have checkpoints, by number. No checkpoint is read, so all can still be locked. */
    List<ProjectionVersion> versions(String projection) {
        return em.createQuery(SUBSCRIPTIONS, String.class)
                .getResultStream()
                .map(ProjectionVersion::of)
                .filter(version -> version.projection().equals(projection))
                .sorted(Comparator.comparingInt(ProjectionVersion::number))
                .toList();
    }

    /**
     * Claims a segment until the end of the transaction; empty if another transaction holds it, or it no longer exists.
     */
    Optional<Checkpoint> claim(Checkpoint.Key key) {
        return claim(List.of(), key);
    }

    /**
     * As {@link #claim(Checkpoint.Key)}, in one message with queries that come first. The row is read in a later statement:
     * whether the subscription has parked events must not be older than the lock.
     */
    Optional<Checkpoint> claim(List<Query<?>> first, Checkpoint.Key key) {
        Query<Short> lock = lockingRows(CLAIM, List.of(key.subscription(), key.firstSlice()));
        List<Query<?>> queries = Stream.concat(first.stream(), Stream.of(lock)).toList();
        return Message.send(em, queries).answerTo(lock).stream()
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
        return PlainSql.query(em, lockingRows(sql, values));
    }

    private static Query<Short> lockingRows(String sql, List<?> values) {
        return new Query<>(sql, values, row -> row.getShort(1));
    }
}
