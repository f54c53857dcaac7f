package org.meowmx.storage;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.meowmx.CurrentEvent;
import org.meowmx.EventIds;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.metadata.ContributedMetadata;
import org.meowmx.metadata.TraceContext;
import org.meowmx.serialization.AppendRules;
import org.meowmx.serialization.AppendSize;
import org.meowmx.serialization.EventSerializer;

/**
 * Creates batches from appends: checks the limits, generates the missing ids, and adds cause, correlation, trace and
 * contributions to the metadata.
 *
 * <p>Missing ids are generated as {@link EventIds} says.
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

    /**
     * @throws InvalidEventException when an append or one of its events breaks a rule
     */
    List<Batch> of(List<StreamAppend> appends) {
        rules.check(appends);
        Metadata cause = currentEvent.get().map(RecordedEvent::causation).orElse(Metadata.none());
        AppendSize size = new AppendSize();
        return appends.stream()
                .map(append -> batch(append, cause, now(append, cause), size))
                .toList();
    }

    /** Contributors are asked only for events that are recorded now, so that none of them can refuse an import. */
    private Metadata now(StreamAppend append, Metadata cause) {
        return append.events().stream().allMatch(event -> event.recordedAt() != null)
                ? cause
                : cause.withDefaults(TraceContext.withCurrentSpan(contributed.to(append)));
    }

    /**
     * @param cause the metadata that the event being handled gives to its consequences
     * @param now the same, with the current trace and what was contributed. An event that was recorded at another time has neither
     * @param size counts what is serialized
     */
    private Batch batch(StreamAppend append, Metadata cause, Metadata now, AppendSize size) {
        return new Batch(
                append.stream(),
                append.expected(),
                IntStream.range(0, append.events().size())
                        .mapToObj(index -> event(
                                append.events(),
                                index,
                                append.events().get(index).recordedAt() == null ? now : cause))
                        .peek(event -> size.add(event.content()))
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
        return new Batch.Event(id == null ? ids.next() : id, event, serializer.serialize(event, metadata), metadata);
    }
}
