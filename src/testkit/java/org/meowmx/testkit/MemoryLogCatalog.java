package org.meowmx.testkit;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meowmx.CategorySummary;
import org.meowmx.EventKey;
import org.meowmx.LogCatalog;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;
import org.meowmx.StreamId;
import org.meowmx.StreamSummary;

/** The catalog of the log of a store in memory. It reads under the store's lock. */
final class MemoryLogCatalog implements LogCatalog {

    /** As PostgreSQL orders text under the collation "C". */
    private static final Comparator<String> BY_CODE_POINTS = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private final MemoryLog log;
    private final Clock clock;
    private final Object lock;

    MemoryLogCatalog(MemoryLog log, Clock clock, Object lock) {
        this.log = log;
        this.clock = clock;
        this.lock = lock;
    }

    @Override
    public UUID logId() {
        return log.id();
    }

    @Override
    public Optional<EventKey> newest(long position) {
        synchronized (lock) {
            return log.newest(position);
        }
    }

    @Override
    public List<CategorySummary> categories(String after, int limit) {
        Required.present("after", after);
        synchronized (lock) {
            return log.streams().stream()
                    .map(StreamId::category)
                    .distinct()
                    .filter(category -> BY_CODE_POINTS.compare(category, after) > 0)
                    .sorted(BY_CODE_POINTS)
                    .limit(limit)
                    .map(this::summary)
                    .toList();
        }
    }

    private CategorySummary summary(String category) {
        List<StreamSummary> streams = summaries(category).toList();
        StreamSummary newest = streams.stream()
                .max(Comparator.comparing(StreamSummary::lastPosition))
                .orElseThrow();
        long events = streams.stream().mapToLong(StreamSummary::version).sum();
        return new CategorySummary(category, streams.size(), events, newest.lastPosition(), newest.lastChange());
    }

    private Stream<StreamSummary> summaries(String category) {
        return log.streams().stream()
                .filter(stream -> stream.category().equals(category))
                .map(this::summary);
    }

    private StreamSummary summary(StreamId stream) {
        List<RecordedEvent> events = log.stream(stream);
        RecordedEvent last = events.get(events.size() - 1);
        return new StreamSummary(stream, last.version(), last.position(), last.recordedAt());
    }

    @Override
    public List<StreamSummary> streams(String category, String prefix, String after, int limit) {
        Required.present("category", category);
        Required.present("prefix", prefix);
        Required.present("after", after);
        synchronized (lock) {
            return summaries(category)
                    .filter(summary -> summary.stream().id().startsWith(prefix))
                    .filter(summary -> BY_CODE_POINTS.compare(summary.stream().id(), after) > 0)
                    .sorted(Comparator.comparing(summary -> summary.stream().id(), BY_CODE_POINTS))
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public double eventsPerSecond() {
        Instant now = clock.instant();
        synchronized (lock) {
            return (double) log.recordedBetween(now.minusSeconds(RATE_SECONDS), now) / RATE_SECONDS;
        }
    }

    @Override
    public Optional<RecordedEvent> event(UUID id) {
        Required.present("id", id);
        synchronized (lock) {
            return log.event(id);
        }
    }

    @Override
    public Set<UUID> known(Collection<UUID> ids) {
        return Required.elements("ids", ids).stream()
                .filter(id -> event(id).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }
}
