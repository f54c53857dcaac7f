package org.meowmx.aggregate;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.StreamId;

/**
 * A state as it is being folded.
 *
 * @param state so far
 * @param version of the last event in it; 0 when there is none
 * @param lastEvent the id of that event; null when there is none
 * @param events how many events were read for it, without those that a snapshot stood for
 * @param passedOver whether there was a snapshot that could not be used
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
