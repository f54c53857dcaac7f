package org.meowmx;

import java.util.List;

/**
 * The result of an append to one stream: the events as they are stored.
 *
 * <p>If the append repeated an earlier one with the same event ids, nothing was written, and these are the events of
 * the first time.
 *
 * @param events the events as recorded, at least one, in the order of the append
 * @param repeated true if all event ids were in the stream before this append, so nothing was written
 */
public record AppendResult(List<RecordedEvent> events, boolean repeated) {

    public AppendResult {
        events = List.copyOf(events);
    }

    /** The last event of the append. */
    public RecordedEvent last() {
        return events.get(events.size() - 1);
    }

    /** The stream that the events belong to. */
    public StreamId stream() {
        return last().stream();
    }

    /**
     * The version of the stream after these events, 1 or greater. Use it as the expected version of the next append.
     */
    public long version() {
        return last().version();
    }

    /**
     * The position of the last of these events, 1 or greater. A reader that has read up to this position has seen the
     * append.
     */
    public long position() {
        return last().position();
    }
}
