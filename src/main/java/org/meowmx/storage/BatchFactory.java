package org.meowmx.storage;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.meowmx.CurrentEvent;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.serialization.AppendRules;
import org.meowmx.serialization.EventSerializer;

/**
 * Makes batches of appends: checks the limits, makes the missing ids and adds what the store knows to the metadata.
 *
 * <p>Ids are UUIDs of version 7 (RFC 9562), which grow with time, so that the index of event ids grows at its right edge.
 */
@ApplicationScoped
class BatchFactory {

    @Inject
    EventSerializer serializer;

    @Inject
    CurrentEvent current;

    @Inject
    Settings settings;

    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

    /**
     * @throws InvalidEventException when anything about them breaks a rule
     */
    List<Batch> of(List<StreamAppend> appends) {
        new AppendRules(settings.get(Keys.MAX_EVENTS)).check(appends);
        Metadata cause = current.get().map(RecordedEvent::causation).orElse(Metadata.none());
        Metadata now = cause.withDefaults(TraceContext.current());
        return appends.stream().map(append -> batch(append, cause, now)).toList();
    }

    /**
     * @param cause what is known of the event that is being handled
     * @param now that, and the trace of this moment, which says nothing of an event that was recorded at another time
     */
    private Batch batch(StreamAppend append, Metadata cause, Metadata now) {
        return new Batch(
                append.stream(),
                append.expected(),
                IntStream.range(0, append.events().size())
                        .mapToObj(index -> event(
                                append.events(),
                                index,
                                append.events().get(index).recordedAt() == null ? now : cause))
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
        Metadata metadata = EventSerializer.metadata(event, known);
        UUID id = event.id();
        return new Batch.Event(
                id == null ? ids.generate() : id,
                id != null,
                serializer.serialize(event, metadata),
                metadata,
                event.recordedAt());
    }
}
