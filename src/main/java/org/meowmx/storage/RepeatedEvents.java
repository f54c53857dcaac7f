package org.meowmx.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meowmx.EventIdConflictException;
import org.meowmx.RecordedEvent;
import org.meowmx.serialization.JsonComparison;

/** Recognises an append whose events are in the log already, as after a reply that was lost. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class RepeatedEvents {

    @Inject
    EventReader reader;

    /**
     * @return the original events when every event of the batch is known in its stream with the same type and data; empty
     *     when none is known
     * @throws EventIdConflictException when an id is known otherwise, or only some of the events are known
     */
    Optional<List<RecordedEvent>> originals(Batch batch) {
        List<UUID> given = batch.events().stream()
                .filter(Batch.Event::given)
                .map(Batch.Event::id)
                .toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Map<UUID, RecordedEvent> known =
                reader.byId(given).stream().collect(Collectors.toMap(RecordedEvent::id, Function.identity()));
        return known.isEmpty() ? Optional.empty() : Optional.of(allOf(batch, known));
    }

    private static List<RecordedEvent> allOf(Batch batch, Map<UUID, RecordedEvent> known) {
        List<RecordedEvent> originals = new ArrayList<>();
        UUID witness = known.keySet().iterator().next();
        for (Batch.Event event : batch.events()) {
            RecordedEvent original = known.get(event.id());
            if (original == null) {
                throw new EventIdConflictException(
                        witness, batch.stream(), "it is in the log, but not all events of the append are");
            }
            originals.add(checked(original, event, batch));
        }
        return originals;
    }

    private static RecordedEvent checked(RecordedEvent original, Batch.Event event, Batch batch) {
        if (!original.stream().equals(batch.stream())) {
            throw new EventIdConflictException(
                    event.id(), batch.stream(), "it belongs to an event of stream " + original.stream());
        }
        if (!original.type().equals(event.content().type())
                || !JsonComparison.same(original.data(), event.content().data())) {
            throw new EventIdConflictException(
                    event.id(),
                    batch.stream(),
                    "it belongs to an event with other content, version " + original.version());
        }
        return original;
    }
}
