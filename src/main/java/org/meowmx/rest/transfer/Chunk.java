package org.meowmx.rest.transfer;

import java.util.ArrayList;
import java.util.List;
import org.meowmx.cloudevents.CloudEvent;
import org.meowmx.cloudevents.CloudEventFormat;
import org.meowmx.cloudevents.InvalidCloudEventException;
import org.meowmx.cloudevents.StreamDefaults;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.ProblemException;

/** The events of an import that are stored in one transaction. */
final class Chunk {

    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    private final List<CloudEvent> events = new ArrayList<>();
    private final int maxEvents;
    private final StreamDefaults defaults;
    private int characters;

    /**
     * @param maxEvents the largest number of events, 1 or greater
     * @param defaults for events that do not name their stream
     */
    Chunk(int maxEvents, StreamDefaults defaults) {
        this.maxEvents = maxEvents;
        this.defaults = defaults;
    }

    /**
     * Adds the event of a line.
     *
     * @param audited whether the event may belong to the audit log, as in a copy of a whole log
     * @throws ProblemException if the line is not an event, or the event is not allowed
     */
    void add(String line, boolean audited) {
        CloudEvent event = read(line);
        if (!audited) {
            Audit.requireNotAudit(event.stream());
        }
        events.add(event);
        characters += line.length();
    }

    private CloudEvent read(String line) {
        try {
            return CloudEventFormat.read(line, defaults);
        } catch (InvalidCloudEventException e) {
            throw Refusal.of(e, "The line");
        }
    }

    boolean isFull() {
        return events.size() >= maxEvents || characters >= MAX_CHARACTERS;
    }

    List<CloudEvent> events() {
        return events;
    }
}
