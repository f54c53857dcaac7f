package org.meowmx.storage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.AppendResult;
import org.meowmx.RecordedEvent;

/**
 * The result of the append of a batch.
 *
 * @param answer the answer for the caller
 * @param stored the events that the append has added to the log; null if it has added none
 */
record Written(AppendResult answer, @Nullable AppendResult stored) {

    /** The result of an append that found either all of its events in the log, or none of them. */
    static Written of(AppendResult result) {
        return new Written(result, result.repeated() ? null : result);
    }

    /**
     * The answer for a batch of which the log already has a part.
     *
     * @param known the events that the log has, by id
     * @param rest the result of the other events, in their order; null if there are none
     */
    static Written partly(Batch batch, Map<UUID, RecordedEvent> known, @Nullable Written rest) {
        Iterator<RecordedEvent> others = (rest == null ? List.<RecordedEvent>of() : rest.answer.events()).iterator();
        List<RecordedEvent> events = new ArrayList<>();
        for (Batch.Event event : batch.events()) {
            RecordedEvent original = known.get(event.id());
            events.add(original == null ? others.next() : original);
        }
        AppendResult stored = rest == null ? null : rest.stored;
        return new Written(new AppendResult(events, stored == null), stored);
    }

    /** The events that were added to the log, as results. */
    static List<AppendResult> stored(List<Written> results) {
        return results.stream()
                .flatMap(result -> Optional.ofNullable(result.stored).stream())
                .toList();
    }
}
