package org.meowmx;

import java.util.List;

/**
 * What an append wrote, or had written before.
 *
 * @param events the events as recorded, in the order of the append
 * @param repeated true when the same event ids had been appended before: nothing was written, and the events are the
 *     original ones
 */
public record AppendResult(List<RecordedEvent> events, boolean repeated) {

    public AppendResult {
        events = List.copyOf(events);
    }

    public RecordedEvent last() {
        return events.get(events.size() - 1);
    }

    public StreamId stream() {
        return last().stream();
    }

    /** The version of the stream after these events. */
    public long version() {
        return last().version();
    }

    /** The position of the last of these events, for a reader who wants to see at least this far. */
    public long position() {
        return last().position();
    }
}
