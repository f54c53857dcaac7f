package org.meowmx.aggregate;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.AppendResult;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.IdempotencyKey;
import org.meowmx.LogCatalog;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;

/** The repository on top of the event store. */
final class StreamRepository<C, S, E> implements Repository<C, S, E> {

    private final EventStore events;
    private final LogCatalog catalog;
    private final String category;
    private final Class<E> family;
    private final Decider<C, S, E> decider;
    private final @Nullable SnapshotKeeper<S, ?> snapshots;

    StreamRepository(
            EventStore events,
            LogCatalog catalog,
            String category,
            Class<E> family,
            Decider<C, S, E> decider,
            @Nullable SnapshotKeeper<S, ?> snapshots) {
        this.events = events;
        this.catalog = catalog;
        this.category = Required.present("category", category);
        this.family = Required.present("family", family);
        this.decider = Required.present("decider", decider);
        this.snapshots = snapshots;
    }

    @Override
    public StreamId stream(String id) {
        return StreamId.of(category, id);
    }

    @Override
    public Versioned<S> load(StreamId stream) {
        long began = System.nanoTime();
        Fold<S> loaded = fold(stream, StreamRange.all());
        if (snapshots != null) {
            Duration time = Duration.ofNanos(System.nanoTime() - began);
            snapshots.loaded(stream, loaded, time, () -> fold(stream, StreamRange.all()));
        }
        return loaded.of(stream);
    }

    @Override
    public Versioned<S> at(StreamId stream, long version) {
        return version == 0
                ? Fold.begin(decider.initial(), false).of(checked(stream))
                : fold(stream, StreamRange.all().to(version)).of(stream);
    }

    @Override
    public Versioned<S> asOf(StreamId stream, Instant time) {
        return fold(stream, StreamRange.all().asOf(time)).of(stream);
    }

    private StreamId checked(StreamId stream) {
        if (!Required.present("stream", stream).category().equals(category)) {
            throw new IllegalArgumentException(
                    "Stream %s does not belong to the category '%s' of this repository".formatted(stream, category));
        }
        return stream;
    }

    private Fold<S> fold(StreamId stream, StreamRange range) {
        checked(stream);
        SnapshotTable.Row row =
                snapshots == null ? null : snapshots.find(stream, range.to()).orElse(null);
        Fold<S> fold = row == null ? null : foldFrom(row, stream, range);
        return fold == null
                ? goOn(
                        Fold.begin(decider.initial(), row != null),
                        events.scan(stream, range).iterator())
                : fold;
    }

    /**
     * Folds from a snapshot. Its last event is read together with the later ones: it must be the event that the
     * snapshot names, and lie in the range. Otherwise the snapshot cannot be used, and the result is null.
     */
    private @Nullable Fold<S> foldFrom(SnapshotTable.Row row, StreamId stream, StreamRange range) {
        Iterator<RecordedEvent> read =
                events.scan(stream, range.from(row.version())).iterator();
        if (snapshots == null || !read.hasNext() || !read.next().id().equals(row.event())) {
            return null;
        }
        S state = snapshots.state(stream, row);
        return state == null ? null : goOn(new Fold<>(state, row.version(), row.event(), 0, false), read);
    }

    private Fold<S> goOn(Fold<S> begun, Iterator<RecordedEvent> read) {
        Fold<S> fold = begun;
        while (read.hasNext()) {
            RecordedEvent event = read.next();
            fold = fold.next(evolved(fold.state(), event.asList(family)), event.version(), event.id());
        }
        return fold;
    }

    private S evolved(S state, List<E> happened) {
        S after = state;
        for (E event : happened) {
            after = decider.evolve(after, event);
        }
        return after;
    }

    @Override
    public Difference<S> difference(Versioned<S> before, Versioned<S> after) {
        Required.present("before", before);
        Required.present("after", after);
        if (!before.stream().equals(after.stream()) || before.version() > after.version()) {
            throw new IllegalArgumentException("%s v%d is not an earlier state of %s v%d"
                    .formatted(before.stream(), before.version(), after.stream(), after.version()));
        }
        StreamRange between = StreamRange.all().from(before.version() + 1);
        List<RecordedEvent> happened = before.version() == after.version()
                ? List.of()
                : events.read(checked(after.stream()), between.to(after.version()))
                        .events();
        return new Difference<>(before, after, happened);
    }

    @Override
    public Versioned<S> save(Versioned<S> loaded, List<E> happened, CommandContext context) {
        Required.present("context", context);
        Required.present("loaded", loaded);
        if (Required.elements("events", happened).isEmpty()) {
            return loaded;
        }
        AppendResult appended = events.append(
                checked(loaded.stream()),
                ExpectedVersion.exactly(loaded.version()),
                context.events(loaded.stream(), happened));
        if (appended.repeated()) {
            return load(loaded.stream());
        }
        S after = evolved(loaded.state(), happened);
        return new Fold<>(after, appended.version(), appended.last().id(), 0, false).of(loaded.stream());
    }

    @Override
    public Versioned<S> update(StreamId stream, C command, CommandContext context) {
        Required.present("command", command);
        Required.present("context", context);
        Versioned<S> loaded = load(stream);
        return wasHandled(stream, context) ? loaded : save(loaded, decider.decide(command, loaded.state()), context);
    }

    private boolean wasHandled(StreamId stream, CommandContext context) {
        IdempotencyKey key = context.idempotencyKey();
        return key != null && catalog.event(key.eventId(stream, 0)).isPresent();
    }
}
