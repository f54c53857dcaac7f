package org.meowmx.cloudevents;

import java.util.Objects;
import java.util.UUID;
import org.meowmx.NewEvent;
import org.meowmx.Required;
import org.meowmx.StreamId;

/**
 * A CloudEvent as an event that can be appended.
 *
 * @param stream the stream that it belongs to
 * @param event the event; always has an id
 */
public record CloudEvent(StreamId stream, NewEvent event) {

    /** @throws NullPointerException if the event has no id */
    public CloudEvent {
        Required.present("stream", stream);
        Objects.requireNonNull(Required.present("event", event).id(), "a CloudEvent has an id");
    }

    public UUID id() {
        return Objects.requireNonNull(event.id());
    }
}
