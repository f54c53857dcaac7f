package org.meowmx;

import java.util.List;

/**
 * The append to one stream, as one element of {@link EventStore#appendAll}.
 *
 * @param stream the stream; the first append creates it
 * @param expected the version that the stream must have
 * @param events the events to append, at least one
 */
public record StreamAppend(StreamId stream, ExpectedVersion expected, List<NewEvent> events) {

    /**
     * Creates the append.
     *
     * @throws InvalidEventException if there are no events
     */
    public StreamAppend {
        Required.present("stream", stream);
        Required.present("expected", expected);
        events = List.copyOf(Required.elements("events", events));
        if (events.isEmpty()) {
            throw new InvalidEventException("events", "must contain at least one event");
        }
    }

    /**
     * Creates the append.
     *
     * @param events at least one
     * @throws InvalidEventException if there are no events
     */
    public static StreamAppend of(StreamId stream, ExpectedVersion expected, NewEvent... events) {
        return new StreamAppend(stream, expected, List.of(Required.elements("events", events)));
    }
}
