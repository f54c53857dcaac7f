package org.meowmx.rest.transfer;

import java.util.ArrayList;
import java.util.List;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.ProblemException;

/** The events of an import that are stored together, all or none. */
final class Chunk {

    private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    private final List<CloudEvent> events = new ArrayList<>();
    private final int mostEvents;
    private int characters;

    /** @param mostEvents how many it may have, 1 or greater */
    Chunk(int mostEvents) {
        this.mostEvents = mostEvents;
    }

    /**
     * @param audited whether it may be what an operator did, as in a copy of a whole log
     * @throws ProblemException when the line is no event, or one that it may not be
     */
    void add(String line, boolean audited) {
        CloudEvent event = CloudEvent.parse(line);
        if (!audited) {
            Audit.requireNotAudit(event.stream());
        }
        events.add(event);
        characters += line.length();
    }

    boolean isFull() {
        return events.size() >= mostEvents || characters >= MOST_CHARACTERS;
    }

    List<CloudEvent> events() {
        return events;
    }
}
