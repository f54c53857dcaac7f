package org.meowmx.subscription.engine;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.PlainSql;

/** The parked events in the database. Every method needs a transaction. */
final class ParkedEvents {

    /** The maximum number of streams in one query. */
    private static final int AT_A_TIME = 1_000;

    private static final String STREAMS = """
            select distinct event.category, event.streamId from ParkedEvent event
            where event.key.subscription = :subscription and event.streamId in :ids""";

    /**
     * PostgreSQL goes from one stream to the next by the index, so that a stream with many parked events costs no more
     * than one with few.
     */
    private static final String COUNT_STREAMS = """
            select subscription, (
                with recursive stream as (
                    (select category, stream_id from meowmx_parked_events parked
                     where parked.subscription = name.subscription
                     order by category, stream_id limit 1)
                    union all
                    select next.category, next.stream_id
                    from stream cross join lateral (
                        select parked.category, parked.stream_id from meowmx_parked_events parked
                        where parked.subscription = name.subscription
                          and (parked.category, parked.stream_id) > (stream.category, stream.stream_id)
                        order by parked.category, parked.stream_id limit 1) next)
                select count(*) from (select from stream limit ?) counted) as streams
            from unnest(?) as name(subscription)""";

    private static final String COUNT_STREAMS_ON_H2 = """
            select subscription, least(count(*), ?)
            from (select distinct subscription, category, stream_id from meowmx_parked_events
                  where subscription = any(?)) stream
            group by subscription""";

    private static final String COUNT = """
            select count(event) from ParkedEvent event where event.key.subscription = :subscription""";

    private static final String COUNT_OF_STREAM = """
            select count(event) from ParkedEvent event
            where event.key.subscription = :subscription
              and event.category = :category and event.streamId = :streamId""";

    /** Reads in the order of the key, and stops when the page is full. Only the beginning of a failure's text is read. */
    private static final String STREAMS_BY_FIRST_EVENT = """
            select event.category, event.stream_id,
                   (select count(*) from meowmx_parked_events later
                    where later.subscription = event.subscription and later.category = event.category
                      and later.stream_id = event.stream_id) as events,
                   event.position, event.version, substring(event.failure from 1 for 1000), event.parked_at
            from meowmx_parked_events event
            where event.subscription = ? and event.position > ?
              and not exists (select 1 from meowmx_parked_events earlier
                              where earlier.subscription = event.subscription and earlier.category = event.category
                                and earlier.stream_id = event.stream_id and earlier.version < event.version)
            order by event.position fetch first ? rows only""";

    private static final String STREAM = """
            select event.category, event.stream_id,
                   (select count(*) from meowmx_parked_events later
                    where later.subscription = event.subscription and later.category = event.category
                      and later.stream_id = event.stream_id) as events,
                   event.position, event.version, event.failure, event.parked_at
            from meowmx_parked_events event
            where event.subscription = ? and event.category = ? and event.stream_id = ?
            order by event.version fetch first 1 row only""";

    private static final String OF_STREAM = """
            select event from ParkedEvent event
            where event.key.subscription = :subscription
              and event.category = :category and event.streamId = :streamId
            order by event.version""";

    private static final String DELETE = """
            delete from ParkedEvent event where event.key.subscription = :subscription""";

    private static final String DELETE_STREAM = """
            delete from ParkedEvent event
            where event.key.subscription = :subscription
              and event.category = :category and event.streamId = :streamId""";

    private static final String DELETE_ONE = """
            delete from meowmx_parked_events where subscription = :subscription and position = :position""";

    private static final String RENAME = """
            update meowmx_parked_events set subscription = :name where subscription = :subscription""";

    private final EntityManager em;
    private final Database database;
    private final Clock clock;

    ParkedEvents(EntityManager em, Database database, Clock clock) {
        this.em = em;
        this.database = database;
        this.clock = clock;
    }

    /** The streams of a page that have parked events. */
    Set<StreamId> streamsAmong(String subscription, List<RecordedEvent> page) {
        List<String> ids =
                page.stream().map(event -> event.stream().id()).distinct().toList();
        Set<StreamId> streams = new HashSet<>();
        for (int from = 0; from < ids.size(); from += AT_A_TIME) {
            em.createQuery(STREAMS, Object[].class)
                    .setParameter("subscription", subscription)
                    .setParameter("ids", ids.subList(from, Math.min(ids.size(), from + AT_A_TIME)))
                    .getResultList()
                    .forEach(row -> streams.add(new StreamId((String) row[0], (String) row[1])));
        }
        return streams;
    }

    /**
     * How many streams of each subscription have parked events, counted up to
     * {@link SubscriptionStatus#MAX_COUNTED}. A subscription without such streams may be left out.
     */
    Map<String, Long> countStreams(Collection<String> subscriptions) {
        if (subscriptions.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> counts = new HashMap<>();
        PlainSql.query(
                em,
                database.isPostgreSql() ? COUNT_STREAMS : COUNT_STREAMS_ON_H2,
                List.of(SubscriptionStatus.MAX_COUNTED, new PlainSql.Elements("text", subscriptions)),
                row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    /** How many events of a subscription are parked. */
    long count(String subscription) {
        return em.createQuery(COUNT, Long.class)
                .setParameter("subscription", subscription)
                .getSingleResult();
    }

    /** How many events of one stream are parked. */
    long count(String subscription, StreamId stream) {
        return em.createQuery(COUNT_OF_STREAM, Long.class)
                .setParameter("subscription", subscription)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .getSingleResult();
    }

    /**
     * @param replay whether the event is being handled again
     * @param failure what was thrown; null if the event follows another parked event of its stream
     */
    void park(String subscription, RecordedEvent event, boolean replay, @Nullable String failure) {
        em.persist(new ParkedEvent(
                subscription, event, replay, failure, clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    /** The first parked events of one stream, in order. */
    List<ParkedEvent> first(String subscription, StreamId stream, int most) {
        return em.createQuery(OF_STREAM, ParkedEvent.class)
                .setParameter("subscription", subscription)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .setMaxResults(most)
                .getResultList();
    }

    void remove(ParkedEvent event) {
        em.remove(event);
    }

    /** Deletes the parked event of a position, if it is still parked. */
    void remove(String subscription, long position) {
        em.createNativeQuery(DELETE_ONE)
                .setParameter("subscription", subscription)
                .setParameter("position", position)
                .executeUpdate();
    }

    /** Moves all parked events of a subscription to another. */
    void rename(String subscription, String name) {
        em.createNativeQuery(RENAME)
                .setParameter("subscription", subscription)
                .setParameter("name", name)
                .executeUpdate();
    }

    /** Deletes all parked events of a subscription; returns how many. */
    long removeAll(String subscription) {
        return em.createQuery(DELETE).setParameter("subscription", subscription).executeUpdate();
    }

    /** Deletes the parked events of one stream; returns how many. */
    long removeAll(String subscription, StreamId stream) {
        return em.createQuery(DELETE_STREAM)
                .setParameter("subscription", subscription)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .executeUpdate();
    }

    /** A page of parked streams, in the order of their first parked events, each with the first line of its failure. */
    List<ParkedStream> list(String subscription, long after, int limit) {
        return PlainSql.query(
                em,
                STREAMS_BY_FIRST_EVENT,
                List.of(subscription, after, limit),
                row -> parkedStream(subscription, row, failure(row).split("\\R", 2)[0]));
    }

    /** A parked stream with the whole text of its failure; empty if no event of the stream is parked. */
    Optional<ParkedStream> find(String subscription, StreamId stream) {
        return PlainSql.query(
                        em,
                        STREAM,
                        List.of(subscription, stream.category(), stream.id()),
                        row -> parkedStream(subscription, row, failure(row)))
                .stream()
                .findFirst();
    }

    private static String failure(ResultSet row) throws SQLException {
        return Objects.requireNonNullElse(row.getString(6), "");
    }

    private static ParkedStream parkedStream(String subscription, ResultSet row, String failure) throws SQLException {
        return new ParkedStream(
                subscription,
                new StreamId(row.getString(1), row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                failure,
                row.getObject(7, OffsetDateTime.class).toInstant());
    }
}
