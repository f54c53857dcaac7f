package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;
import org.meowmx.StoreClock;
import org.meowmx.StreamId;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.transaction.PlainSql;

/** The events that subscriptions have set aside, in the database. */
@ApplicationScoped
class ParkedEvents {

    /** How many streams one query asks after. */
    private static final int AT_A_TIME = 1_000;

    private static final String STREAMS = """
            select distinct event.category, event.streamId from ParkedEvent event
            where event.key.subscription = :subscription and event.streamId in :ids""";

    private static final String COUNT_STREAMS = """
            select count(*) from (
                select distinct category, stream_id from meowmx_parked_events where subscription = :subscription) streams""";

    private static final String STREAMS_BY_FIRST_EVENT = """
            select stream.category, stream.stream_id, stream.events, event.version, event.failure, event.parked_at
            from (select category, stream_id, count(*) as events, min(position) as position
                  from meowmx_parked_events where subscription = ?
                  group by category, stream_id
                  order by min(position) fetch first ? rows only) stream
            join meowmx_parked_events event on event.subscription = ? and event.position = stream.position
            order by stream.position""";

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

    private static final String RENAME = """
            update meowmx_parked_events set subscription = :name where subscription = :subscription""";

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    @StoreClock
    Clock clock;

    /** Those streams of a page of which a subscription has parked events. */
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

    /** Of how many streams a subscription has parked events. */
    long countStreams(String subscription) {
        return ((Number) em.createNativeQuery(COUNT_STREAMS)
                        .setParameter("subscription", subscription)
                        .getSingleResult())
                .longValue();
    }

    void park(String subscription, RecordedEvent event, @Nullable String failure) {
        em.persist(new ParkedEvent(subscription, event, failure, clock.instant().truncatedTo(ChronoUnit.MICROS)));
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

    /** Gives all parked events of a subscription to another. */
    void rename(String subscription, String name) {
        em.createNativeQuery(RENAME)
                .setParameter("subscription", subscription)
                .setParameter("name", name)
                .executeUpdate();
    }

    /** Forgets all parked events of a subscription. */
    long removeAll(String subscription) {
        return em.createQuery(DELETE).setParameter("subscription", subscription).executeUpdate();
    }

    /** Forgets the parked events of one stream. */
    long removeAll(String subscription, StreamId stream) {
        return em.createQuery(DELETE_STREAM)
                .setParameter("subscription", subscription)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .executeUpdate();
    }

    /** The first of the parked streams, in the order in which they were parked. */
    List<ParkedStream> list(String subscription, int most) {
        return PlainSql.query(
                em,
                STREAMS_BY_FIRST_EVENT,
                List.of(subscription, most, subscription),
                row -> new ParkedStream(
                        subscription,
                        new StreamId(row.getString(1), row.getString(2)),
                        row.getLong(3),
                        row.getLong(4),
                        Objects.requireNonNullElse(row.getString(5), ""),
                        row.getObject(6, OffsetDateTime.class).toInstant()));
    }
}
