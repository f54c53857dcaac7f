package org.meowmx.subscription.engine;

import static java.util.stream.Collectors.groupingBy;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.engine.declaration.Filter;
import org.meowmx.subscription.engine.declaration.Segments;
import org.meowmx.transaction.PlainSql;

/**
 * Measures how much of the log subscriptions have not handled. It reads the last events of the log once for all
 * subscriptions, so its cost has an upper limit, whatever the size of the log and of the lag.
 */
final class LagReader {

    private static final String LAST_EVENTS = """
            select event.position, event.category, event.type, event.slice, event.recorded_at
            from meowmx_events event
            where event.position > ?
            order by event.position""";

    private static final String END = "select coalesce(max(position), 0) from meowmx_events";

    private static final String NEXT_EVENTS = """
            select checkpoint.subscription,
                   (select event.recorded_at from meowmx_events event
                    where event.position > checkpoint.position
                    order by event.position fetch first 1 row only) as recorded_at
            from (select subscription, min(position) as position from meowmx_checkpoints
                  where subscription = any(?) group by subscription) checkpoint""";

    /** Every append holds the mark back for a moment. */
    private static final Duration LONG_HOLD = Duration.ofSeconds(1);

    private final EntityManager em;
    private final EventStore events;
    private final Checkpoints checkpoints;
    private final Clock clock;

    LagReader(EntityManager em, EventStore events, Checkpoints checkpoints, Clock clock) {
        this.em = em;
        this.events = events;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    /**
     * The distance between the checkpoints of a subscription and the end of the log.
     *
     * @param events the number of events that it may read and has not handled; {@link SubscriptionStatus#MAX_COUNTED} if its
     *     checkpoint is so far from the end that they are not counted
     * @param age the time since the oldest of them was recorded, or, if they are not counted, since the next event of
     *     the log was recorded; zero if there is none
     * @param heldBack whether there are such events, all of them are above the high-water mark, and the oldest has waited
     *     for longer than {@link #LONG_HOLD}
     */
    record Lag(long events, Duration age, boolean heldBack) {

        private static Lag of(long events, @Nullable Instant oldest, boolean heldBack, Instant now) {
            return new Lag(
                    Math.min(events, SubscriptionStatus.MAX_COUNTED),
                    oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now),
                    heldBack);
        }
    }

    /** The lag of each subscription that has one of these checkpoints, by name. Needs a transaction. */
    Map<String, Lag> lags(Collection<Checkpoint> measured) {
        long mark = events.highWaterMark();
        long firstCounted =
                PlainSql.query(em, END, List.of(), row -> row.getLong(1)).get(0) - SubscriptionStatus.MAX_COUNTED;
        Instant now = clock.instant();
        Map<String, Lag> lags = new HashMap<>();
        Map<String, List<Part>> near = new HashMap<>();
        List<String> distant = new ArrayList<>();
        measured.stream()
                .collect(groupingBy(checkpoint -> checkpoint.key().subscription()))
                .forEach((name, segments) -> {
                    List<Part> parts = readable(segments);
                    if (parts.isEmpty()) {
                        lags.put(name, Lag.of(0, null, false, now));
                    } else if (segments.stream().allMatch(segment -> segment.position() >= firstCounted)) {
                        near.put(name, parts);
                    } else {
                        distant.add(name);
                    }
                });
        lags.putAll(distant(distant, now));
        Counting counting = new Counting(lastEvents(near.values()), mark);
        near.forEach((name, segments) -> lags.put(name, counting.lag(segments, now)));
        return lags;
    }

    /** A segment, and the last position that it may read. */
    private record Part(Checkpoint segment, long upTo) {}

    /** The segments of a subscription, except those of a version of a projection that have reached the serving version. */
    private List<Part> readable(List<Checkpoint> segments) {
        Checkpoint first = segments.get(0);
        if (first.isServing()) {
            return segments.stream()
                    .map(segment -> new Part(segment, Long.MAX_VALUE))
                    .toList();
        }
        List<Checkpoint> serving = checkpoints.of(first.servingSubscription());
        return segments.stream()
                .map(segment -> new Part(segment, smallestPosition(serving, segment.slices())))
                .filter(part -> part.segment().position() < part.upTo())
                .toList();
    }

    private static long smallestPosition(List<Checkpoint> serving, Segments.Range slices) {
        return serving.stream()
                .filter(segment -> segment.slices().overlaps(slices))
                .mapToLong(Checkpoint::position)
                .min()
                .orElse(0);
    }

    private Map<String, Lag> distant(List<String> names, Instant now) {
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, Lag> lags = new HashMap<>();
        PlainSql.query(em, NEXT_EVENTS, List.of(new PlainSql.Elements("text", names)), row -> {
            Instant next = instant(row, 2);
            return lags.put(
                    row.getString(1), Lag.of(next == null ? 0 : SubscriptionStatus.MAX_COUNTED, next, false, now));
        });
        return lags;
    }

    private List<LastEvent> lastEvents(Collection<List<Part>> near) {
        OptionalLong from = near.stream()
                .flatMap(List::stream)
                .mapToLong(part -> part.segment().position())
                .min();
        return from.isEmpty() ? List.of() : PlainSql.query(em, LAST_EVENTS, List.of(from.getAsLong()), LastEvent::of);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private record Kind(String category, String type) {}

    private record LastEvent(long position, Kind kind, int slice, Instant recordedAt) {

        static LastEvent of(ResultSet row) throws SQLException {
            return new LastEvent(
                    row.getLong(1),
                    new Kind(row.getString(2), row.getString(3)),
                    row.getInt(4),
                    row.getObject(5, OffsetDateTime.class).toInstant());
        }
    }

    /** Counts the last events of the log for one subscription after the other. */
    private static final class Counting {

        private final Map<Kind, List<LastEvent>> byKind;
        private final Map<Filter, List<List<LastEvent>>> requested = new HashMap<>();
        private final long mark;

        Counting(List<LastEvent> events, long mark) {
            this.mark = mark;
            this.byKind = events.stream().collect(groupingBy(LastEvent::kind));
        }

        Lag lag(List<Part> segments, Instant now) {
            List<LastEvent> unread = segments.stream()
                    .flatMap(segment -> unread(segment).stream())
                    .toList();
            Optional<Instant> oldest =
                    unread.stream().map(LastEvent::recordedAt).min(Instant::compareTo);
            boolean waits = oldest.filter(now.minus(LONG_HOLD)::isAfter).isPresent();
            boolean heldBack = waits && unread.stream().allMatch(event -> event.position() > mark);
            return Lag.of(unread.size(), oldest.orElse(null), heldBack, now);
        }

        private List<LastEvent> unread(Part part) {
            Checkpoint segment = part.segment();
            Segments.Range slices = segment.slices();
            return requested.computeIfAbsent(segment.filter(), this::requested).stream()
                    .flatMap(events -> after(segment.position(), events).stream())
                    .filter(event -> event.position() <= part.upTo() && slices.has(event.slice()))
                    .toList();
        }

        private List<List<LastEvent>> requested(Filter filter) {
            return byKind.entrySet().stream()
                    .filter(entry ->
                            filter.has(entry.getKey().category(), entry.getKey().type()))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        /** The events are in the order of their positions. */
        private static List<LastEvent> after(long position, List<LastEvent> events) {
            int first = 0;
            int end = events.size();
            while (first < end) {
                int middle = (first + end) >>> 1;
                if (events.get(middle).position() > position) {
                    end = middle;
                } else {
                    first = middle + 1;
                }
            }
            return events.subList(first, events.size());
        }
    }
}
