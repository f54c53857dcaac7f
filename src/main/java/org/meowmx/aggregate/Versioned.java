package org.meowmx.aggregate;

import org.meowmx.StreamId;

/**
 * A state and the version of its stream.
 *
 * @param stream whose state
 * @param version how many events of the stream are in it; 0 when there are none
 * @param state the state
 */
public record Versioned<S>(StreamId stream, long version, S state) {

    /** Whether anything has happened yet. */
    public boolean exists() {
        return version > 0;
    }
}
