package org.meowmx.aggregate;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.StreamId;

/**
 * A state while its events are being folded.
 *
 * @param state the state so far
 * @param version the version of its last event; 0 if there is none
 * @param lastEvent the id of that event; null if there is none
 * @param events the number of events that were read for it, without those in a snapshot
 * @param passedOver whether a snapshot was found but could not be used
 */
record Fold<S>(S state, long version, @Nullable UUID lastEvent, long events, boolean passedOver) {

    static <S> Fold<S> begin(S initial, boolean passedOver) {
        return new Fold<>(initial, 0, null, 0, passedOver);
    }

    Fold<S> next(S after, long eventVersion, UUID event) {
        return new Fold<>(after, eventVersion, event, events + 1, passedOver);
    }

    Versioned<S> of(StreamId stream) {
        if (state instanceof Aggregate<?> aggregate) {
            aggregate.isAt(version);
        }
        return new Versioned<>(stream, version, state);
    }
}
