package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.meowmx.EventStore;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.transaction.PlainSql;

/** The checkpoints in the database; every method needs a transaction. */
@ApplicationScoped
class Checkpoints {

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

    private static final String LOCK = """
            select first_slice from meowmx_checkpoints
            where subscription = ? order by first_slice for update""";

    private static final String POSITION_BEFORE = """
            select min(event.position) - 1 from meowmx_events event where event.recorded_at >= :time""";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    EventStore events;

    /** Creates the checkpoints of a new subscription; leaves those of a known one as they are. */
    void create(Subscription subscription, SubscriptionSettings settings) {
        if (!of(subscription.name()).isEmpty()) {
            return;
        }
        long position = position(settings.creation().start());
        for (Segments.Range slices : Segments.of(settings.creation().segments())) {
            if (!insert(subscription, slices, position)) {
                // another node was faster: every layout begins with slice 0, and the first one counts
                return;
            }
        }
    }

    /** Replaces checkpoints that are locked by others. */
    void replace(List<Checkpoint> before, List<Checkpoint> after) {
        before.forEach(em::remove);
        em.flush();
        after.forEach(em::persist);
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
     * The position behind which somebody who starts there reads on; never beyond the mark, which is read first, so that
     * nothing that is still to commit is passed by.
     */
    long position(ReadFrom from) {
        long mark = events.highWaterMark();
        if (from instanceof ReadFrom.After after) {
            return Math.min(mark, after.position());
        }
        if (from instanceof ReadFrom.Time time) {
            Number before = (Number) em.createNativeQuery(POSITION_BEFORE)
                    .setParameter("time", time.time())
                    .getSingleResult();
            return before == null ? mark : Math.min(mark, before.longValue());
        }
        return mark;
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

    /** Claims a segment to the end of the transaction; empty when another transaction holds it, or it is gone. */
    Optional<Checkpoint> claim(Checkpoint.Key key) {
        return lockRows(CLAIM, List.of(key.subscription(), key.firstSlice())).stream()
                .findFirst()
                .map(locked -> em.find(Checkpoint.class, key));
    }

    /** Claims the segments of a subscription to the end of the transaction; leaves those out that another transaction holds. */
    List<Checkpoint> claimAll(String subscription) {
        return locked(CLAIM_ALL, subscription);
    }

    /** Claims the segment that a slice is in, to the end of the transaction; empty when another transaction holds it. */
    Optional<Checkpoint> claimSlice(String subscription, int slice) {
        return lockRows(CLAIM_SLICE, List.of(subscription, slice, slice)).stream()
                .findFirst()
                .map(locked -> em.find(Checkpoint.class, new Checkpoint.Key(subscription, locked)));
    }

    /** Waits for the turns at hand, and keeps all segments of a subscription to the end of the transaction. */
    List<Checkpoint> lock(String subscription) {
        List<Checkpoint> locked = locked(LOCK, subscription);
        // all rows that were waited for may have been replaced meanwhile
        return locked.isEmpty() ? locked(LOCK, subscription) : locked;
    }

    private List<Checkpoint> locked(String sql, String subscription) {
        List<Short> firstSlices = lockRows(sql, List.of(subscription));
        if (firstSlices.isEmpty()) {
            // what is read now would be kept by the persistence context, and be old when there is a lock
            return List.of();
        }
        return of(subscription).stream()
                .filter(checkpoint -> firstSlices.contains(checkpoint.key().firstSlice()))
                .toList();
    }

    /** Locks rows, of which it returns the first slices; they are read afterwards, so that nothing is older than the lock. */
    private List<Short> lockRows(String sql, List<?> values) {
        return PlainSql.query(em, sql, values, row -> row.getShort(1));
    }
}
