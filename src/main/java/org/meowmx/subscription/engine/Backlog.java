package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.StoreClock;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.transaction.PlainSql;

/** What the log still holds for subscriptions, asked of the database for all of their segments at once. */
@ApplicationScoped
class Backlog {

    /** An event that a segment has not read yet and asks for. A type that holds a wildcard may match too much, never too little. */
    private static final String UNREAD = """
            event.position > checkpoint.position
            and event.slice between checkpoint.first_slice and checkpoint.last_slice
            and (checkpoint.category is null or event.category = checkpoint.category)
            and (checkpoint.types is null
                 or checkpoint.types like '#SEPARATOR#SEPARATOR%'
                 or checkpoint.types like '%#SEPARATOR' || event.type || '#SEPARATOR%' escape '')""".replace("#SEPARATOR", Filter.SEPARATOR);

    /**
     * The segments for which there is something to do: an event that they ask for has come, or so many others that it pays to
     * move the checkpoint past them; of those that are being joined the ones on their way, and the first when all are there. The
     * one query of an idle node.
     */
    private static final String DUE = """
            select checkpoint.subscription, checkpoint.first_slice, checkpoint.last_slice
            from meowmx_checkpoints checkpoint
            where checkpoint.subscription = any(?)
              and not checkpoint.paused
              and (checkpoint.retry_at is null or checkpoint.retry_at <= ?)
              and case when checkpoint.merge_at is null
                       then checkpoint.position + ? < (select max(event.position) from meowmx_events event)
                            or exists (select 1 from meowmx_events event where #UNREAD)
                       else checkpoint.position < checkpoint.merge_at
                            or (checkpoint.first_slice = 0
                                and not exists (select 1 from meowmx_checkpoints other
                                                where other.subscription = checkpoint.subscription
                                                  and other.position < other.merge_at)) end""".replace("#UNREAD", UNREAD);

    /** Null when there is no checkpoint. */
    private static final String ALL_READ = """
            select min(case when exists (select 1 from meowmx_events event where event.position <= ? and #UNREAD)
                            then 0 else 1 end)
            from meowmx_checkpoints checkpoint
            where checkpoint.subscription = ?""".replace("#UNREAD", UNREAD);

    private static final String LAG = """
            select count(*) as events, min(behind.recorded_at) as oldest
            from (select event.recorded_at
                  from meowmx_checkpoints checkpoint
                  join meowmx_events event on event.position <= ? and #UNREAD
                  where checkpoint.subscription = ?
                  limit ?) behind""".replace("#UNREAD", UNREAD);

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
    public List<DueSegment> due(Collection<String> subscriptions) {
        if (subscriptions.isEmpty()) {
            return List.of();
        }
        List<Object> values = List.of(
                new PlainSql.Elements("text", subscriptions), clock.instant().atOffset(ZoneOffset.UTC), LAZY);
        return PlainSql.query(
                em,
                DUE,
                values,
                row -> new DueSegment(row.getString(1), new Segments.Range(row.getInt(2), row.getInt(3))));
    }

    /** Whether a subscription has a checkpoint and has read everything that it asks for up to a position. */
    @Transactional
    public boolean isReadTo(String subscription, long position) {
        return PlainSql.query(em, ALL_READ, List.of(position, subscription), row -> row.getInt(1) == 1)
                .get(0);
    }

    /** How far a subscription is behind a position. */
    Lag lag(String subscription, long position) {
        return PlainSql.query(em, LAG, List.of(position, subscription, SubscriptionStatus.COUNTED), Backlog::lag)
                .get(0);
    }

    private static Lag lag(ResultSet row) throws SQLException {
        OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
        return new Lag(row.getLong(1), oldest == null ? null : oldest.toInstant());
    }
}
