package org.meowmx.storage;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.meowmx.CurrentEvent;
import org.meowmx.EventData;
import org.meowmx.EventTypes;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.serialization.EventSerializer;

/**
 * Makes batches of appends: checks the limits, makes the missing ids and adds what the store knows to the metadata.
 *
 * <p>Ids are UUIDs of version 7 (RFC 9562), which grow with time, so that the index of event ids grows at its right edge.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class BatchFactory {

    @Inject
    EventSerializer serializer;

    @Inject
    CurrentEvent current;

    @Inject
    @ConfigProperty(name = "meowmx.append.max-events", defaultValue = "10000")
    int maxEvents;

    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

    /**
     * @throws InvalidEventException when anything about them breaks a rule
     */
    List<Batch> of(List<StreamAppend> appends) {
        checkNumber(appends);
        checkStreams(appends);
        checkIds(appends);
        Metadata known = knownMetadata();
        return appends.stream().map(append -> batch(append, known)).toList();
    }

    private void checkNumber(List<StreamAppend> appends) {
        int events = appends.stream().mapToInt(append -> append.events().size()).sum();
        if (events == 0 || events > maxEvents) {
            throw new InvalidEventException(
                    "events",
                    "%d in one append, 1 to %d are allowed (meowmx.append.max-events)".formatted(events, maxEvents));
        }
    }

    private static void checkStreams(List<StreamAppend> appends) {
        Set<StreamId> streams = new HashSet<>();
        for (StreamAppend append : appends) {
            if (!streams.add(append.stream())) {
                throw new InvalidEventException("stream", append.stream() + " is there twice in one append");
            }
        }
    }

    private static void checkIds(List<StreamAppend> appends) {
        Set<UUID> ids = new HashSet<>();
        for (StreamAppend append : appends) {
            for (NewEvent event : append.events()) {
                if (event.id() != null && !ids.add(event.id())) {
                    throw new InvalidEventException("id", event.id() + " is there twice in one append");
                }
            }
        }
    }

    private Metadata knownMetadata() {
        return current.get()
                .map(Metadata.none()::causedBy)
                .orElse(Metadata.none())
                .orElse(TraceContext.current());
    }

    private Batch batch(StreamAppend append, Metadata known) {
        return new Batch(
                append.stream(),
                append.expected(),
                IntStream.range(0, append.events().size())
                        .mapToObj(index -> event(append.events(), index, known))
                        .toList());
    }

    private Batch.Event event(List<NewEvent> events, int index, Metadata known) {
        try {
            return event(events.get(index), known);
        } catch (InvalidEventException e) {
            throw events.size() == 1 ? e : e.inEvent(index);
        }
    }

    private Batch.Event event(NewEvent event, Metadata known) {
        Metadata metadata = withSchemaVersion(event.metadata().orElse(known), event.data());
        UUID id = event.id();
        return new Batch.Event(
                id == null ? ids.generate() : id,
                id != null,
                serializer.serialize(event, metadata),
                metadata,
                event.recordedAt());
    }

    /** The class of an object knows the version; beside JSON the writer notes it. */
    private static Metadata withSchemaVersion(Metadata metadata, EventData data) {
        if (!(data instanceof EventData.Typed typed)) {
            return metadata;
        }
        int version = EventTypes.versionOf(typed.event().getClass());
        return version == metadata.schemaVersion()
                ? metadata
                : metadata.with(Metadata.SCHEMA_VERSION, Integer.toString(version));
    }
}
