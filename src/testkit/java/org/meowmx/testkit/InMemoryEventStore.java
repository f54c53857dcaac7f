package org.meowmx.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.meowmx.AppendResult;
import org.meowmx.EventIds;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.EventTypes;
import org.meowmx.InvalidEventException;
import org.meowmx.LogCatalog;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.LogStatus;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.configuration.Keys;
import org.meowmx.evolution.Evolution;
import org.meowmx.serialization.AppendRules;
import org.meowmx.serialization.EventSerializer;
import org.meowmx.serialization.JsonCodec;
import org.meowmx.serialization.SerializedEvent;

/**
 * An event store in memory, for tests without a container and without a database. It passes the same contract tests for
 * streams and the log as the real store, with the default limits, and it is thread-safe.
 *
 * <p>It ignores transactions: every append takes effect immediately and cannot be rolled back. It calls no observers
 * and runs no subscriptions.
 */
public final class InMemoryEventStore implements EventStore {

    private static final AppendRules RULES = new AppendRules(Keys.MAX_EVENTS.defaultValue());

    private final Clock clock;
    private final EventSerializer serializer;
    private final EventIds ids = new EventIds();
    private final MemoryLog log = new MemoryLog();
    private final LogCatalog catalog;

    /** An empty store that uses the system clock. */
    public InMemoryEventStore() {
        this(Clock.systemUTC());
    }

    /**
     * An empty store.
     *
     * @param clock the clock that sets the time of recording
     * @param evolutions the application's upcasters
     * @throws org.meowmx.StartupException if the upcasters contradict each other
     */
    public InMemoryEventStore(Clock clock, Evolution... evolutions) {
        this.clock = Required.present("clock", clock);
        this.catalog = new MemoryLogCatalog(log, clock, this);
        this.serializer = new EventSerializer(
                JsonCodec.jackson(),
                List.of(Required.elements("evolutions", evolutions)),
                Keys.MAX_EVENT_SIZE.defaultValue());
    }

    /** The catalog of this store's log. */
    public LogCatalog catalog() {
        return catalog;
    }

    @Override
    public synchronized List<AppendResult> appendAll(List<StreamAppend> appends) {
        RULES.check(Required.elements("appends", appends));
        List<AppendResult> results = new ArrayList<>();
        long position = log.lastPosition();
        for (StreamAppend append : appends) {
            AppendResult result = result(append, position);
            results.add(result);
            position += result.repeated() ? 0 : result.events().size();
        }
        results.stream().filter(result -> !result.repeated()).forEach(result -> log.add(result.events()));
        return results;
    }

    /** The result of the append; the log does not change yet. */
    private AppendResult result(StreamAppend append, long position) {
        List<RecordedEvent> recorded = recorded(append, position);
        return log.originals(append, recorded)
                .map(originals -> new AppendResult(originals, true))
                .orElseGet(() -> {
                    long version = log.stream(append.stream()).size();
                    if (!append.expected().isMetBy(version)) {
                        throw new WrongExpectedVersionException(append.stream(), append.expected(), version);
                    }
                    return new AppendResult(recorded, false);
                });
    }

    private List<RecordedEvent> recorded(StreamAppend append, long position) {
        Instant now = clock.instant();
        long version = log.stream(append.stream()).size();
        List<RecordedEvent> recorded = new ArrayList<>();
        for (NewEvent event : append.events()) {
            int place = recorded.size() + 1;
            try {
                recorded.add(recorded(event, append.stream(), position + place, version + place, now));
            } catch (InvalidEventException e) {
                throw append.events().size() == 1 ? e : e.inEvent(place - 1);
            }
        }
        return recorded;
    }

    private RecordedEvent recorded(NewEvent event, StreamId stream, long position, long version, Instant now) {
        Metadata metadata = EventSerializer.metadata(event, Metadata.none());
        SerializedEvent content = serializer.serialize(event, metadata);
        UUID id = event.id();
        Instant time = event.recordedAt();
        return new RecordedEvent(
                position,
                id == null ? ids.next() : id,
                stream,
                version,
                content.type(),
                content.data(),
                metadata,
                (time == null ? now : time).truncatedTo(ChronoUnit.MICROS),
                serializer.binder());
    }

    @Override
    public synchronized EventStream read(StreamId stream, StreamRange range) {
        Required.present("stream", stream);
        Required.present("range", range);
        return log.read(stream, range, found -> found.limit(range.limit()).toList());
    }

    @Override
    public synchronized EventStream readPage(StreamId stream, StreamRange range) {
        Required.present("stream", stream);
        Required.present("range", range);
        return log.read(stream, range, found -> MemoryLog.page(found, Math.min(range.limit(), SCAN_PAGE)));
    }

    @Override
    public synchronized LogPage readPage(LogQuery query, int size) {
        Required.present("query", query);
        if (size < 1) {
            throw new IllegalArgumentException("size must be 1 or greater, was " + size);
        }
        return log.page(query, size);
    }

    @Override
    public synchronized long highWaterMark() {
        return log.lastPosition();
    }

    @Override
    public synchronized long positionBefore(Instant time) {
        return log.positionBefore(Required.present("time", time));
    }

    @Override
    public Set<String> storedTypes(Class<?> family) {
        return serializer.binder().storedTypes(EventTypes.of(family));
    }

    @Override
    public synchronized LogStatus status() {
        return new LogStatus(log.lastPosition(), log.lastPosition(), List.of());
    }
}
