package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.meowmx.anomalies.History;
import org.meowmx.anomalies.HistoryChecker;
import org.meowmx.anomalies.LedgerEntry;
import org.meowmx.anomalies.LogEntry;
import org.meowmx.anomalies.Reader;

/**
 * What workers over HTTP have handled, for the checker that judges observers under faults. Workers may repeat events, so only the
 * first time that an event is handled counts: no event may be missing, and the events of a stream must come in order.
 */
final class WorkerHistory {

    private static final int BATCH = 1_000;

    private WorkerHistory() {}

    /**
     * Judges the workers of a folder after they have caught up.
     *
     * @param category the category of the subscription, with at most 1,000 events
     */
    static void assertNoAnomaly(Api reader, String subscription, String category, Path folder) {
        Map<String, LogEntry> log = log(reader, category);
        assertThat(log).isNotEmpty();
        List<LedgerEntry> ledger = new ArrayList<>();
        WorkerProcess.handledIn(folder).stream()
                .distinct()
                .map(line -> log.getOrDefault(line, new LogEntry(new UUID(0, 0), line, 0, 0)))
                .map(event -> new LedgerEntry.Handled(event, 0, 0, "worker", false))
                .forEach(ledger::add);
        History history = new History(
                List.of(),
                List.copyOf(log.values()),
                List.of(new Reader(subscription, ledger, List.of(), Set.of(), List.of())),
                BATCH);
        assertThat(HistoryChecker.deliveryFindings(history)).isEmpty();
    }

    /** The stored events, by the lines that the workers' handler writes. */
    private static Map<String, LogEntry> log(Api reader, String category) {
        Map<String, LogEntry> log = new LinkedHashMap<>();
        for (JsonNode event : reader.get("/events?limit=%d&category=%s".formatted(BATCH, category))
                .json()
                .get("events")) {
            String stream = event.get("streamId").asText();
            long version = event.get("version").asLong();
            log.put(
                    stream + " " + version,
                    new LogEntry(
                            UUID.fromString(event.get("id").asText()),
                            stream,
                            version,
                            event.get("position").asLong()));
        }
        return log;
    }
}
