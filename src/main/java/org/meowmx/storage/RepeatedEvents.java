package org.meowmx.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.meowmx.EventIdConflictException;
import org.meowmx.RecordedEvent;
import org.meowmx.serialization.JsonComparison;

/** Recognises an append whose events the log already has, as after a lost reply. */
final class RepeatedEvents {

    private final PageReader reader;

    RepeatedEvents(PageReader reader) {
        this.reader = reader;
    }

    /**
     * @return the original events if the stream has every event of the batch, with the same type and data; empty if the log has
     *     none of the ids that the writer gave
     * @throws EventIdConflictException when the log has an id with another stream, type or data, or only some of the ids
     */
    Optional<List<RecordedEvent>> originals(Batch batch) {
        List<UUID> given = batch.givenIds();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Map<UUID, EventColumns.Row> known = reader.sized(given);
        return known.isEmpty() ? Optional.empty() : Optional.of(allOf(batch, known));
    }

    /** Data is read last, a page at a time: what others have stored under these ids may be large. */
    private List<RecordedEvent> allOf(Batch batch, Map<UUID, EventColumns.Row> known) {
        UUID witness = known.keySet().iterator().next();
        List<EventColumns.Row> rows = new ArrayList<>();
        for (Batch.Event event : batch.events()) {
            EventColumns.Row row = known.get(event.id());
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

    private static void requireSamePlace(EventColumns.Row row, Batch.Event event, Batch batch) {
        if (!row.stream().equals(batch.stream())) {
            throw new EventIdConflictException(
                    event.id(), batch.stream(), "it belongs to an event of stream " + row.stream());
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
