package org.meowmx;

import java.util.List;

/**
 * The result of an append to one stream: the events as they are stored.
 *
 * <p>If the stream already had an event with each of the ids, nothing was written, and these are the events as they were
 * stored the first time. A repeat may list them in a different order than the stored one.
 *
 * @param events the events as recorded, at least one, in the order of this append
 * @param repeated true if all event ids were in the stream before this append, so nothing was written
 */
public record AppendResult(List<RecordedEvent> events, boolean repeated) {

    public AppendResult {
        events = List.copyOf(events);
    }

    /** The event with the highest version: the last of a new append. */
    public RecordedEvent last() {
        RecordedEvent last = events.get(0);
        for (RecordedEvent event : events) {
            last = event.version() > last.version() ? event : last;
        }
        return last;
    }

    /** The stream that the events belong to. */
    public StreamId stream() {
        return last().stream();
    }

    /**
     * The version of the stream after the last of these events, 1 or greater. Use it as the expected version of the next
     * append. Others may have appended since, in particular if this was a repeat.
     */
    public long version() {
        return last().version();
    }

    /**
     * The highest position of these events, 1 or greater. A reader that has read up to this position has seen all of
     * them.
     */
    public long position() {
        return last().position();
    }
}
