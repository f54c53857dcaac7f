package org.meowmx.storage;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.meowmx.CurrentEvent;
import org.meowmx.EventIds;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.metadata.ContributedMetadata;
import org.meowmx.metadata.TraceContext;
import org.meowmx.serialization.AppendRules;
import org.meowmx.serialization.AppendSize;
import org.meowmx.serialization.EventSerializer;
import org.meowmx.serialization.SerializedEvent;

/**
 * Creates batches from appends: checks the limits, generates the missing ids, and adds cause, correlation, trace and
 * contributions to the metadata.
 *
 * <p>Missing ids are derived if the writer handles an event. Otherwise {@link EventIds} generates them.
 */
final class BatchFactory {

    private final AppendRules rules;
    private final EventSerializer serializer;
    private final CurrentEvent currentEvent;
    private final ContributedMetadata contributed;
    private final EventIds ids = new EventIds();

    BatchFactory(
            AppendRules rules, EventSerializer serializer, CurrentEvent currentEvent, ContributedMetadata contributed) {
        this.rules = rules;
        this.serializer = serializer;
        this.currentEvent = currentEvent;
        this.contributed = contributed;
    }

    /** Derives the ids of events that have none. */
    interface DerivedId {

        /** The id of the next event of a type in a stream; null if it is to be generated. */
        @Nullable
        UUID next(StreamId stream, String type);
    }

    /**
     * Batches whose missing ids are generated.
     *
     * @throws InvalidEventException when an append or one of its events breaks a rule
     */
    List<Batch> of(List<StreamAppend> appends) {
        return of(appends, (stream, type) -> null);
    }

    /**
     * @throws InvalidEventException when an append or one of its events breaks a rule
     */
    List<Batch> of(List<StreamAppend> appends, DerivedId derived) {
        rules.check(appends);
        Metadata cause = currentEvent.get().map(RecordedEvent::causation).orElse(Metadata.none());
        AppendSize size = new AppendSize();
        return appends.stream()
                .map(append -> batch(append, cause, now(append, cause), size, derived))
                .toList();
    }

    /** Contributors are called only for events that are recorded now, so none of them can refuse an import. */
    private Metadata now(StreamAppend append, Metadata cause) {
        return append.events().stream().allMatch(event -> event.recordedAt() != null)
                ? cause
                : cause.withDefaults(TraceContext.withCurrentSpan(contributed.to(append)));
    }

    /**
     * @param cause the metadata that appended events get from the event that is being handled
     * @param now the same, with the current trace and the contributed metadata. An event that was recorded at another time has neither
     * @param size counts what is serialized
     */
    private Batch batch(StreamAppend append, Metadata cause, Metadata now, AppendSize size, DerivedId derived) {
        return new Batch(
                append.stream(),
                append.expected(),
                IntStream.range(0, append.events().size())
                        .mapToObj(index -> event(
                                append, index, append.events().get(index).recordedAt() == null ? now : cause, derived))
                        .peek(event -> size.add(event.content()))
                        .toList());
    }

    private Batch.Event event(StreamAppend append, int index, Metadata known, DerivedId derived) {
        try {
            return event(append.stream(), append.events().get(index), known, derived);
        } catch (InvalidEventException e) {
            throw append.events().size() == 1 ? e : e.inEvent(index);
        }
    }

    private Batch.Event event(StreamId stream, NewEvent event, Metadata known, DerivedId derived) {
        Metadata metadata = EventSerializer.metadata(event, known);
        SerializedEvent content = serializer.serialize(event, metadata);
        UUID given = event.id();
        if (given != null) {
            return new Batch.Event(given, event, content, metadata, false);
        }
        UUID id = derived.next(stream, content.type());
        return new Batch.Event(id == null ? ids.next() : id, event, content, metadata, id != null);
    }
}
