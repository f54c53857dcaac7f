package org.meowmx;

import java.util.List;

/**
 * The notification that events were appended. It is fired once per append, inside the append's transaction and before
 * its commit.
 *
 * <p>Observe it with CDI's transaction phases to be called before or after the commit.
 *
 * @param results one per stream of the append; repeated appends, which wrote nothing, are left out. An import has one for each run
 *     of events of one stream, in the order of the log
 */
public record EventsAppended(List<AppendResult> results) {

    public EventsAppended {
        results = List.copyOf(results);
    }

    /** The events of all streams of the append. */
    public List<RecordedEvent> events() {
        return results.stream().flatMap(result -> result.events().stream()).toList();
    }
}
