package org.meowmx.anomalies;

import static org.meowmx.anomalies.Anomaly.DUPLICATE;
import static org.meowmx.anomalies.Anomaly.GAP;
import static org.meowmx.anomalies.Anomaly.INCONSISTENT_ORDER;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The rule for the log itself: each event once, and each stream with the versions from 1, in the order of their positions. */
final class LogRule implements Rule {

    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        Set<UUID> known = new HashSet<>();
        for (LogEntry entry : history.log()) {
            if (!known.add(entry.event())) {
                findings.add(Finding.of(DUPLICATE, entry, "stored twice"));
            }
        }
        history.byStream().values().forEach(stream -> checkVersions(stream, findings));
        return findings;
    }

    private static void checkVersions(List<LogEntry> stream, List<Finding> findings) {
        Set<Long> seen = new HashSet<>();
        long last = 0;
        for (LogEntry entry : stream) {
            if (!seen.add(entry.version())) {
                findings.add(Finding.of(DUPLICATE, entry, "this version is there twice"));
            } else if (entry.version() < last) {
                findings.add(Finding.of(INCONSISTENT_ORDER, entry, "its position is behind that of version " + last));
            }
            last = Math.max(last, entry.version());
        }
        for (LogEntry entry : stream) {
            if (entry.version() > 1 && !seen.contains(entry.version() - 1)) {
                findings.add(Finding.of(GAP, entry, "the version before it is missing"));
            }
        }
    }
}
