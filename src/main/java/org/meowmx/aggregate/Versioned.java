package org.meowmx.aggregate;

import org.meowmx.Required;
import org.meowmx.StreamId;

/**
 * A state together with the version of its stream.
 *
 * @param stream the stream
 * @param version the number of the stream's events that the state includes; 0 if there are none
 * @param state the state
 * @param <S> the class of the state
 */
public record Versioned<S>(StreamId stream, long version, S state) {

    public Versioned {
        Required.present("stream", stream);
        Required.present("state", state);
    }

    /** Whether the stream has at least one event. */
    public boolean exists() {
        return version > 0;
    }
}
