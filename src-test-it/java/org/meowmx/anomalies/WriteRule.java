package org.meowmx.anomalies;

import static org.meowmx.anomalies.Anomaly.ABORTED_READ;
import static org.meowmx.anomalies.Anomaly.LOST_WRITE;
import static org.meowmx.anomalies.Anomaly.TORN_APPEND;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.meowmx.anomalies.Attempt.Answer;
import org.meowmx.anomalies.Attempt.Write;

/**
 * The rule for writes, which compares the log with the writers: acknowledged events are stored, failed ones are not,
 * and those with an unknown result are stored as a whole or not at all.
 */
final class WriteRule implements Rule {

    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        Map<UUID, LogEntry> log = history.byId();
        Map<UUID, Answer> results = results(history);
        for (LogEntry entry : history.log()) {
            if (results.getOrDefault(entry.event(), Answer.FAILED) == Answer.FAILED) {
                findings.add(Finding.of(ABORTED_READ, entry, "stored, though no try to write it can have succeeded"));
            }
        }
        for (Attempt attempt : history.attempts()) {
            check(attempt, log.keySet(), results, findings);
        }
        return findings;
    }

    private static void check(Attempt attempt, Set<UUID> log, Map<UUID, Answer> results, List<Finding> findings) {
        List<Write> missing = attempt.writes().stream()
                .filter(write -> !log.contains(write.event()))
                .toList();
        for (Write write : missing) {
            if (results.get(write.event()) == Answer.OK) {
                findings.add(new Finding(LOST_WRITE, write.stream(), write + " was acknowledged"));
            } else if (missing.size() < attempt.writes().size()) {
                findings.add(
                        new Finding(TORN_APPEND, write.stream(), write + " is missing, others of its append are not"));
            }
        }
    }

    /** The result of each event: ok if one attempt was ok, and failed if all attempts have failed. */
    private static Map<UUID, Answer> results(History history) {
        Map<UUID, Answer> results = new HashMap<>();
        for (Attempt attempt : history.attempts()) {
            attempt.events().forEach(event -> results.merge(event, attempt.answer(), WriteRule::together));
        }
        return results;
    }

    private static Answer together(Answer one, Answer other) {
        if (one == Answer.OK || other == Answer.OK) {
            return Answer.OK;
        }
        return one == Answer.FAILED && other == Answer.FAILED ? Answer.FAILED : Answer.UNKNOWN;
    }
}
