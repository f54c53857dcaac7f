package org.meowmx.faults;

import java.util.List;
import java.util.Map;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

/**
 * The events that a writer wants to store. The writer repeats them with the same event ids until the result is known.
 *
 * @param events the events of each stream, in the order in which the streams are written
 */
record Intent(Map<StreamId, List<NewEvent>> events, Way way) {

    enum Way {
        /** In one call, at any version. */
        ANY_VERSION,
        /** In one call, after the version that was read before. */
        EXACT_VERSION,
        /** In a transaction of the writer's own, one call for each stream. */
        TRANSACTION,
        /** In a transaction that is rolled back at its end. */
        ROLLBACK
    }

    static Intent of(StreamId stream, NewEvent event) {
        return new Intent(Map.of(stream, List.of(event)), Way.ANY_VERSION);
    }
}
