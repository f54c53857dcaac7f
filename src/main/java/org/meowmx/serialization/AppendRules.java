package org.meowmx.serialization;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.meowmx.InvalidEventException;
import org.meowmx.NewEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;

/**
 * The rules for one call of append: a limited number of events, each stream once, each event id once.
 *
 * @param maxEvents the maximum number of events of one call, 1 or greater
 */
public record AppendRules(int maxEvents) {

    /**
     * Checks one call.
     *
     * @throws InvalidEventException when a rule is broken
     */
    public void check(List<StreamAppend> appends) {
        checkNumber(appends);
        checkStreams(appends);
        checkIds(appends);
    }

    private void checkNumber(List<StreamAppend> appends) {
        int events = appends.stream().mapToInt(append -> append.events().size()).sum();
        if (events == 0 || events > maxEvents) {
            throw new InvalidEventException(
                    "events",
                    "%d in one append, 1 to %d are allowed (meowmx.append.max-events)".formatted(events, maxEvents));
        }
    }

    private static void checkStreams(List<StreamAppend> appends) {
        Set<StreamId> streams = new HashSet<>();
        for (StreamAppend append : appends) {
            if (!streams.add(append.stream())) {
                throw new InvalidEventException("stream", append.stream() + " occurs twice in one append");
            }
        }
    }

    private static void checkIds(List<StreamAppend> appends) {
        Set<UUID> ids = new HashSet<>();
        for (StreamAppend append : appends) {
            for (NewEvent event : append.events()) {
                if (event.id() != null && !ids.add(event.id())) {
                    throw new InvalidEventException("id", event.id() + " occurs twice in one append");
                }
            }
        }
    }
}
