package org.meowmx.rest.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.meowmx.EventIdConflictException;
import org.meowmx.InvalidEventException;
import org.meowmx.cloudevents.CloudEvent;
import org.meowmx.cloudevents.CloudEventFormat;
import org.meowmx.cloudevents.InvalidCloudEventException;
import org.meowmx.cloudevents.StreamDefaults;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemMapper;

/** The events of an import that are stored in one transaction. */
final class Chunk {

    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    private static final Pattern INDEXED = Pattern.compile("([0-9]{1,9})/(.*)", Pattern.DOTALL);

    private final List<CloudEvent> events = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
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
     * @param number the number of the line in the body, from 1
     * @param audited whether the event may belong to the audit log, as in a copy of a whole log
     * @throws ProblemException if the line is not an event, or the event is not allowed
     */
    void add(String line, long number, boolean audited) {
        CloudEvent event = read(line, number);
        if (!audited) {
            Audit.requireNotAudit(event.stream());
        }
        events.add(event);
        lines.add(number);
        characters += line.length();
    }

    private CloudEvent read(String line, long number) {
        try {
            return CloudEventFormat.read(line, defaults);
        } catch (InvalidCloudEventException e) {
            throw Refusal.of(e, "The line", number);
        }
    }

    /** The problem if the store refuses these events. It names the line, unless it concerns all events together. */
    Problem problem(RuntimeException thrown) {
        if (thrown instanceof InvalidEventException e) {
            Matcher indexed = INDEXED.matcher(e.field());
            if (indexed.matches()) {
                return at(
                        Integer.parseInt(indexed.group(1)),
                        ProblemMapper.problem(new InvalidEventException(indexed.group(2), e.rule())));
            }
        }
        Problem problem = ProblemMapper.problem(thrown);
        if (events.size() == 1 && thrown instanceof InvalidEventException) {
            return at(0, problem);
        }
        return thrown instanceof EventIdConflictException e ? at(only(e), problem) : problem;
    }

    private Problem at(int index, Problem problem) {
        return index < 0 || index >= lines.size() ? problem : problem.with("line", lines.get(index));
    }

    /**
     * The index of the event with the conflicting id. It is -1 if several events have the id, because any of them may
     * be the one that differs.
     */
    private int only(EventIdConflictException conflict) {
        int[] indexes = IntStream.range(0, events.size())
                .filter(index -> events.get(index).id().equals(conflict.eventId()))
                .toArray();
        return indexes.length == 1 ? indexes[0] : -1;
    }

    boolean isFull() {
        return events.size() >= maxEvents || characters >= MAX_CHARACTERS;
    }

    List<CloudEvent> events() {
        return events;
    }
}
