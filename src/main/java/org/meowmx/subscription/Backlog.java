package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import org.meowmx.StoreClock;
import org.meowmx.SubscriptionStatus;

/** What the log still holds for subscriptions, asked of the database for all of their segments at once. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Backlog {

    /** An event that a segment has not read yet and asks for. A type that holds a wildcard may match too much, never too little. */
    private static final String UNREAD = """
            event.position > checkpoint.position
            and event.slice between checkpoint.first_slice and checkpoint.last_slice
            and (checkpoint.category is null or event.category = checkpoint.category)
            and (checkpoint.types is null
                 or checkpoint.types like '%' || :separator || event.type || :separator || '%' escape '')""";

    /**
     * The segments for which there is something to do: an event that they ask for has come, or so many others that it pays to
     * move the checkpoint past them; of those that are being joined the ones on their way, and the first when all are there. The
     * one query of an idle node.
     */
    private static final String DUE = """
            select checkpoint.subscription, checkpoint.first_slice
            from meowmx_checkpoints checkpoint
            where checkpoint.subscription = any(:subscriptions)
              and not checkpoint.paused
              and (checkpoint.retry_at is null or checkpoint.retry_at <= :now)
              and case when checkpoint.meeting_at is null
                       then checkpoint.position + :lazy < (select max(event.position) from meowmx_events event)
                            or exists (select 1 from meowmx_events event where #UNREAD)
                       else checkpoint.position < checkpoint.meeting_at
                            or (checkpoint.first_slice = 0
                                and not exists (select 1 from meowmx_checkpoints other
                                                where other.subscription = checkpoint.subscription
                                                  and other.position < other.meeting_at)) end""".replace("#UNREAD", UNREAD);

    /** Null when there is no checkpoint. */
    private static final String ALL_READ = """
            select min(case when exists (select 1 from meowmx_events event where event.position <= :position and #UNREAD)
                            then 0 else 1 end)
            from meowmx_checkpoints checkpoint
            where checkpoint.subscription = :subscription""".replace("#UNREAD", UNREAD);

    private static final String LAG = """
            select count(*) as events, min(behind.recorded_at) as oldest
            from (select event.recorded_at
                  from meowmx_checkpoints checkpoint
                  join meowmx_events event on event.position <= :position and #UNREAD
                  where checkpoint.subscription = :subscription
                  limit :most) behind""".replace("#UNREAD", UNREAD);

    /** How many events of no interest a checkpoint may stay behind. */
    private static final int LAZY = 10_000;

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    @StoreClock
    Clock clock;

    /**
     * How far a subscription is behind.
     *
     * @param events how many, counted up to {@link SubscriptionStatus#COUNTED}
     * @param oldest when the oldest of them was recorded; null when there is none
     */
    record Lag(long events, @Nullable Instant oldest) {

        Duration age(Instant now) {
            return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
        }
    }

    /** The segments of these subscriptions for which there is something to do. */
    @Transactional
    public List<Checkpoint.Key> due(Collection<String> subscriptions) {
        if (subscriptions.isEmpty()) {
            return List.of();
        }
        List<?> rows = em.createNativeQuery(DUE)
                .setParameter("subscriptions", subscriptions.toArray(String[]::new))
                .setParameter("now", clock.instant())
                .setParameter("lazy", LAZY)
                .setParameter("separator", Filter.SEPARATOR)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Checkpoint.Key((String) row[0], ((Number) row[1]).shortValue()))
                .toList();
    }

    /** Whether a subscription has a checkpoint and has read everything that it asks for up to a position. */
    @Transactional
    public boolean isReadTo(String subscription, long position) {
        Number read = (Number) em.createNativeQuery(ALL_READ)
                .setParameter("subscription", subscription)
                .setParameter("position", position)
                .setParameter("separator", Filter.SEPARATOR)
                .getSingleResult();
        return read != null && read.intValue() == 1;
    }

    /** How far a subscription is behind a position. */
    Lag lag(String subscription, long position) {
        Object[] row = (Object[]) em.createNativeQuery(LAG)
                .unwrap(NativeQuery.class)
                .addScalar("events", Long.class)
                .addScalar("oldest", Instant.class)
                .setParameter("subscription", subscription)
                .setParameter("position", position)
                .setParameter("separator", Filter.SEPARATOR)
                .setParameter("most", SubscriptionStatus.COUNTED)
                .getSingleResult();
        return new Lag((Long) row[0], (Instant) row[1]);
    }
}
