package org.meowmx;

import java.util.List;

/**
 * The notification that events were appended, fired once per append in its transaction. Observe it with CDI's transaction
 * phases to hear of it before or after the commit.
 *
 * @param results one per stream of the append; repeats are left out
 */
public record EventsAppended(List<AppendResult> results) {

    public EventsAppended {
        results = List.copyOf(results);
    }

    public List<RecordedEvent> events() {
        return results.stream().flatMap(result -> result.events().stream()).toList();
    }
}
