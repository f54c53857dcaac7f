package org.meowmx.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.meowmx.EventIdConflictException;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.serialization.JsonComparison;

/** Recognises an append whose events are in the log already, as after a reply that was lost. */
@ApplicationScoped
class RepeatedEvents {

    @Inject
    PageReader reader;

    /**
     * @return the original events when every event of the batch is known in its stream with the same type and data; empty
     *     when none is known
     * @throws EventIdConflictException when an id is known otherwise, or only some of the events are known
     */
    Optional<List<RecordedEvent>> originals(Batch batch) {
        List<UUID> given = batch.givenIds();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Map<UUID, EventRow> known = reader.sized(given);
        return known.isEmpty() ? Optional.empty() : Optional.of(allOf(batch, known));
    }

    /** Data is read last and by the page: what others have stored under these ids may be large. */
    private List<RecordedEvent> allOf(Batch batch, Map<UUID, EventRow> known) {
        UUID witness = known.keySet().iterator().next();
        List<EventRow> rows = new ArrayList<>();
        for (Batch.Event event : batch.events()) {
            EventRow row = known.get(event.id());
            if (row == null) {
                throw new EventIdConflictException(
                        witness, batch.stream(), "it is in the log, but not all events of the append are");
            }
            requireSamePlace(row, event, batch);
            rows.add(row);
        }
        List<RecordedEvent> originals = new ArrayList<>();
        reader.readWhole(rows, original -> {
            requireSameData(original, batch.events().get(originals.size()), batch);
            originals.add(original);
        });
        return originals;
    }

    private static void requireSamePlace(EventRow row, Batch.Event event, Batch batch) {
        StreamId stream = new StreamId(row.category(), row.streamId());
        if (!stream.equals(batch.stream())) {
            throw new EventIdConflictException(
                    event.id(), batch.stream(), "it belongs to an event of stream " + stream);
        }
        if (!row.type().equals(event.content().type())) {
            throw otherContent(row.version(), event, batch);
        }
    }

    private static void requireSameData(RecordedEvent original, Batch.Event event, Batch batch) {
        if (!JsonComparison.same(original.data(), event.content().data())) {
            throw otherContent(original.version(), event, batch);
        }
    }

    private static EventIdConflictException otherContent(long version, Batch.Event event, Batch batch) {
        return new EventIdConflictException(
                event.id(), batch.stream(), "it belongs to an event with other content, version " + version);
    }
}
