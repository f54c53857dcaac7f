package org.meowmx;

import java.util.List;

/**
 * One stream's part of {@link EventStore#appendAll}.
 *
 * @param stream where the events go
 * @param expected what the stream must be at
 * @param events at least one
 */
public record StreamAppend(StreamId stream, ExpectedVersion expected, List<NewEvent> events) {

    /**
     * @throws InvalidEventException when there are no events
     */
    public StreamAppend {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new InvalidEventException("events", "an append needs at least one event");
        }
    }

    public static StreamAppend of(StreamId stream, ExpectedVersion expected, NewEvent... events) {
        return new StreamAppend(stream, expected, List.of(events));
    }
}
