package org.meowmx.anomalies;

import static org.meowmx.anomalies.Anomaly.ABORTED_READ;
import static org.meowmx.anomalies.Anomaly.DUPLICATE;
import static org.meowmx.anomalies.Anomaly.INCONSISTENT_ORDER;
import static org.meowmx.anomalies.Anomaly.SKIPPED_POLL;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.meowmx.anomalies.LedgerEntry.Handled;

/**
 * The rule for deliveries, which compares the ledger with the log: every event of each stream once and in order, or
 * parked from some event on.
 */
final class DeliveryRule implements Rule {

    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        Set<LogEntry> log = new HashSet<>(history.log());
        Map<String, List<LogEntry>> streams = history.byStream();
        for (Reader reader : history.readers()) {
            for (Run run : Run.of(reader)) {
                Map<String, List<LogEntry>> handled =
                        run.handled().stream().map(Handled::event).collect(Collectors.groupingBy(LogEntry::stream));
                checkStored(reader, run, log, findings);
                streams.forEach((stream, stored) -> {
                    List<LogEntry> expected = stored.stream()
                            .filter(entry -> entry.position() > run.start())
                            .toList();
                    new Comparison(reader, run, findings).compare(handled.getOrDefault(stream, List.of()), expected);
                });
            }
        }
        return findings;
    }

    private static void checkStored(Reader reader, Run run, Set<LogEntry> log, List<Finding> findings) {
        for (Handled one : run.handled()) {
            if (!log.contains(one.event())) {
                findings.add(Finding.of(
                        ABORTED_READ, one.event(), "handled by " + reader.subscription() + ", but not so in the log"));
            }
        }
    }

    /** The deliveries of one stream in one run. */
    private record Comparison(Reader reader, Run run, List<Finding> findings) {

        void compare(List<LogEntry> handled, List<LogEntry> expected) {
            Set<LogEntry> seen = new HashSet<>();
            long last = 0;
            for (LogEntry entry : handled) {
                if (!seen.add(entry)) {
                    add(DUPLICATE, entry, "handled twice");
                } else if (entry.version() < last) {
                    add(INCONSISTENT_ORDER, entry, "handled after version " + last);
                }
                last = Math.max(last, entry.version());
            }
            for (LogEntry entry : expected) {
                checkMissing(entry, seen.contains(entry), last);
            }
        }

        /** @param last the latest version of the stream that was handled */
        private void checkMissing(LogEntry entry, boolean handled, long last) {
            boolean parked = run.last() && reader.parked().contains(entry.event());
            if (handled && parked) {
                add(DUPLICATE, entry, "handled and parked");
            } else if (parked && entry.version() < last) {
                add(INCONSISTENT_ORDER, entry, "parked, and version " + last + " was handled");
            } else if (!handled && !parked && (run.last() || entry.version() < last)) {
                add(SKIPPED_POLL, entry, "not handled");
            }
        }

        private void add(Anomaly anomaly, LogEntry entry, String detail) {
            findings.add(Finding.of(anomaly, entry, detail + " by " + reader.subscription()));
        }
    }
}
