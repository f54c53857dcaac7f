package org.meowmx.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.meowmx.EventIdConflictException;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.serialization.JsonComparison;

/** Recognises an append whose events the log already has, as after a lost reply. */
final class RepeatedEvents {

    private final PageReader reader;
    private final DerivedIds derivedIds;

    RepeatedEvents(PageReader reader, DerivedIds derivedIds) {
        this.reader = reader;
        this.derivedIds = derivedIds;
    }

    /**
     * The events with derived ids that the log has, by id. Their data may differ from those of the batches: a handler may decide
     * differently when it handles the event again, but its first events stay.
     *
     * @throws EventIdConflictException when the log has an id with another stream or type
     */
    Map<UUID, RecordedEvent> derived(List<Batch> batches) {
        List<UUID> ids = batches.stream()
                .flatMap(batch -> batch.derived().stream())
                .map(Batch.Event::id)
                .toList();
        Map<UUID, EventColumns.Row> rows = ids.isEmpty() ? Map.of() : reader.sized(ids);
        List<Repeat> repeats = new ArrayList<>();
        for (Batch batch : batches) {
            for (Batch.Event event : batch.derived()) {
                EventColumns.Row row = rows.get(event.id());
                if (row != null) {
                    repeats.add(new Repeat(batch.stream(), event, row));
                }
            }
        }
        return originals(repeats).stream().collect(Collectors.toMap(RecordedEvent::id, original -> original));
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
        Map<UUID, EventColumns.Row> known = reader.sized(batch.repeatableIds());
        return known.isEmpty() ? Optional.empty() : Optional.of(allOf(batch, known));
    }

    /**
     * The ids of those events of an import that the log has. Their content and their sources are compared.
     *
     * @throws EventIdConflictException when the log has an id with another stream, type, data or source
     */
    Set<UUID> knownIds(BatchGroup group) {
        Map<UUID, EventColumns.Row> known = reader.sized(group.givenIds());
        List<Repeat> repeats = new ArrayList<>();
        for (BatchGroup.Entry entry : group.entries()) {
            EventColumns.Row row = known.get(entry.event().id());
            if (row != null) {
                repeats.add(new Repeat(group.streamOf(entry), entry.event(), row));
            }
        }
        List<RecordedEvent> originals = originals(repeats);
        for (int i = 0; i < repeats.size(); i++) {
            requireSameSource(originals.get(i), repeats.get(i));
        }
        return known.keySet();
    }

    /** An event whose id the log has, and the row with that id. */
    private record Repeat(StreamId stream, Batch.Event event, EventColumns.Row row) {}

    private List<RecordedEvent> allOf(Batch batch, Map<UUID, EventColumns.Row> known) {
        UUID witness = known.keySet().iterator().next();
        List<Repeat> repeats = new ArrayList<>();
        for (Batch.Event event : batch.events()) {
            EventColumns.Row row = known.get(event.id());
            if (row == null) {
                throw new EventIdConflictException(
                        witness, batch.stream(), "it is in the log, but not all events of the append are");
            }
            repeats.add(new Repeat(batch.stream(), event, row));
        }
        return originals(repeats);
    }

    /** The data is read last and page by page, because stored events may be large. */
    private List<RecordedEvent> originals(List<Repeat> repeats) {
        repeats.forEach(RepeatedEvents::requireSamePlace);
        List<RecordedEvent> originals = new ArrayList<>();
        reader.readWhole(repeats.stream().map(Repeat::row).toList(), original -> {
            requireSameData(original, repeats.get(originals.size()));
            originals.add(original);
        });
        return originals;
    }

    private static void requireSamePlace(Repeat repeat) {
        EventColumns.Row row = repeat.row();
        if (!row.stream().equals(repeat.stream())) {
            throw new EventIdConflictException(
                    repeat.event().id(), repeat.stream(), "it belongs to an event of stream " + row.stream());
        }
        if (!row.type().equals(repeat.event().content().type())) {
            throw otherContent(row.version(), repeat);
        }
    }

    private void requireSameData(RecordedEvent original, Repeat repeat) {
        boolean same =
                JsonComparison.same(original.data(), repeat.event().content().data());
        if (repeat.event().derived()) {
            derivedIds.noteRecognised(!same);
        } else if (!same) {
            throw otherContent(original.version(), repeat);
        }
    }

    /** Two other systems may use the same id for two events. */
    private static void requireSameSource(RecordedEvent original, Repeat repeat) {
        if (!original.metadata()
                .foreignSource()
                .equals(repeat.event().metadata().foreignSource())) {
            throw new EventIdConflictException(
                    repeat.event().id(),
                    repeat.stream(),
                    "it belongs to an event of another source (ce-source of the metadata), version "
                            + original.version());
        }
    }

    private static EventIdConflictException otherContent(long version, Repeat repeat) {
        return new EventIdConflictException(
                repeat.event().id(), repeat.stream(), "it belongs to an event with other content, version " + version);
    }
}
