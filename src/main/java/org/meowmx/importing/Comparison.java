package org.meowmx.importing;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.meowmx.EventIdConflictException;
import org.meowmx.RecordedEvent;

/** The comparison of the source with the log, in the source's order. */
final class Comparison {

    private long events;
    private long moved;
    private long position;

    /** The number of events that were compared. */
    long events() {
        return events;
    }

    /** The number of events whose position in the log is lower than that of their direct predecessor in the source. */
    long moved() {
        return moved;
    }

    /**
     * @throws ImportException if an event differs from the one in the log, or has another version there
     */
    void compare(List<SourceEvent> page, ImportWriter writer) {
        Map<UUID, RecordedEvent> stored = stored(page, writer);
        for (SourceEvent event : page) {
            RecordedEvent recorded = stored.get(event.id());
            if (recorded == null || recorded.version() != event.version()) {
                throw new ImportException(
                        event.stream(),
                        "%s has another version in the log: %s."
                                .formatted(event, recorded == null ? "none" : recorded.version()),
                        null);
            }
            events++;
            if (recorded.position() < position) {
                moved++;
            }
            position = recorded.position();
        }
    }

    private static Map<UUID, RecordedEvent> stored(List<SourceEvent> page, ImportWriter writer) {
        try {
            return writer.stored(page);
        } catch (EventIdConflictException e) {
            throw new ImportException(e.stream(), "The log differs from the source: %s.".formatted(e.getMessage()), e);
        }
    }
}
