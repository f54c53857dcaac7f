package org.meowmx.storage;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStream;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.serialization.EventSerializer;

/** Reads streams, and events by their ids. It needs a transaction. */
final class EventReader {

    private static final String FIRST_VERSION_AFTER = """
            select min(event.version)
            from StoredEvent event
            where event.category = :category and event.streamId = :streamId and event.recordedAt > :time""";

    private static final String LAST_VERSION = """
            select coalesce(max(event.version), 0)
            from StoredEvent event
            where event.category = :category and event.streamId = :streamId""";

    private static final String VERSION = """
            select stream.version
            from StoredStream stream
            where stream.key.category = :category and stream.key.streamId = :streamId""";

    private final EntityManager em;
    private final PageReader pages;
    private final EventSerializer serializer;

    EventReader(EntityManager em, PageReader pages, EventSerializer serializer) {
        this.em = em;
        this.pages = pages;
        this.serializer = serializer;
    }

    EventStream stream(StreamId stream, StreamRange range) {
        return stream(stream, range, this::events);
    }

    /** The first events of a range, as many as fit into a page. */
    EventStream streamPage(StreamId stream, StreamRange range) {
        return stream(stream, range, pages::ofStream);
    }

    private EventStream stream(
            StreamId stream, StreamRange range, BiFunction<StreamId, StreamRange, PageReader.Part> read) {
        long last = Math.min(range.to(), lastVersionAsOf(stream, range.asOf()));
        if (last == 0) {
            return new EventStream(stream, 0, List.of());
        }
        StreamRange versions = range.to(last);
        PageReader.Part found = read.apply(stream, versions);
        return new EventStream(stream, version(stream, versions, found), found.events());
    }

    private PageReader.Part events(StreamId stream, StreamRange versions) {
        String order = versions.backward() ? "version desc" : "version";
        List<RecordedEvent> events = recorded(
                EventQuery.ofStream(stream, versions).list(em, EventColumns.Data.WHOLE, order, versions.limit()));
        return new PageReader.Part(events, events.size() < versions.limit());
    }

    /** The stream's version at the upper end of the range. The database is queried only if the events read do not show it. */
    private long version(StreamId stream, StreamRange versions, PageReader.Part found) {
        List<RecordedEvent> events = found.events();
        boolean topIncluded = versions.backward() || found.complete();
        if (!events.isEmpty() && topIncluded) {
            return events.get(versions.backward() ? 0 : events.size() - 1).version();
        }
        return Math.min(versions.to(), version(stream));
    }

    private long lastVersionAsOf(StreamId stream, @Nullable Instant time) {
        if (time == null) {
            return Long.MAX_VALUE;
        }
        Long later = em.createQuery(FIRST_VERSION_AFTER, Long.class)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .setParameter("time", time)
                .getSingleResult();
        return later == null ? Long.MAX_VALUE : later - 1;
    }

    /** The current version of a stream; 0 if it does not exist. */
    long version(StreamId stream) {
        return em.createQuery(VERSION, Long.class)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .getResultStream()
                .findFirst()
                .orElse(0L);
    }

    /** The highest version of a stream's events; 0 if it has none. It equals {@link #version} in a sound log. */
    long lastVersion(StreamId stream) {
        return em.createQuery(LAST_VERSION, Long.class)
                .setParameter("category", stream.category())
                .setParameter("streamId", stream.id())
                .getSingleResult();
    }

    Optional<RecordedEvent> byId(UUID id) {
        return recorded(EventQuery.ofIds(List.of(id)).list(em, EventColumns.Data.WHOLE, "position", 1)).stream()
                .findFirst();
    }

    private List<RecordedEvent> recorded(List<EventColumns.Row> rows) {
        return rows.stream().map(row -> row.recorded(serializer)).toList();
    }
}
