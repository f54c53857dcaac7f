package org.meowmx.anomalies;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All records of a run.
 *
 * @param attempts the attempts, those of each writer in its order
 * @param log the events that are stored at the end, by position
 * @param batch the largest number of events that a turn may handle
 */
public record History(List<Attempt> attempts, List<LogEntry> log, List<Reader> readers, int batch) {

    public History {
        attempts = List.copyOf(attempts);
        log = List.copyOf(log);
        readers = List.copyOf(readers);
    }

    /** The stored events by their ids. If two have the same id, which is another anomaly, it is the first. */
    Map<UUID, LogEntry> byId() {
        return log.stream().collect(Collectors.toMap(LogEntry::event, Function.identity(), (first, second) -> first));
    }

    /** The stored events of each stream, by position. */
    Map<String, List<LogEntry>> byStream() {
        return log.stream().collect(Collectors.groupingBy(LogEntry::stream, LinkedHashMap::new, Collectors.toList()));
    }
}
