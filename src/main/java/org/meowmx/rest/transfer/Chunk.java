package org.meowmx.rest.transfer;

import java.util.ArrayList;
import java.util.List;
import org.meowmx.cloudevents.CloudEvent;
import org.meowmx.cloudevents.CloudEventFormat;
import org.meowmx.cloudevents.CloudEventSyntaxException;
import org.meowmx.cloudevents.InvalidCloudEventException;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;

/** The events of an import that are stored in one transaction. */
final class Chunk {

    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    private final List<CloudEvent> events = new ArrayList<>();
    private final int maxEvents;
    private int characters;

    /** @param maxEvents the largest number of events, 1 or greater */
    Chunk(int maxEvents) {
        this.maxEvents = maxEvents;
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

    private static CloudEvent read(String line) {
        try {
            return CloudEventFormat.read(line);
        } catch (CloudEventSyntaxException e) {
            throw new ProblemException(Problem.of(
                            ProblemType.INVALID_JSON, "Not JSON at line %d, column %d".formatted(e.line(), e.column()))
                    .with("line", e.line())
                    .with("column", e.column()));
        } catch (InvalidCloudEventException e) {
            String field = e.attribute().isEmpty() ? "" : "/" + e.attribute();
            throw new ProblemException(
                    Problem.of(ProblemType.INVALID_EVENT, (field.isEmpty() ? "The line" : field) + " " + e.rule())
                            .with("field", field));
        }
    }

    boolean isFull() {
        return events.size() >= maxEvents || characters >= MAX_CHARACTERS;
    }

    List<CloudEvent> events() {
        return events;
    }
}
