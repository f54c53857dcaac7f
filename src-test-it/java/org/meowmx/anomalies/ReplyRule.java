package org.meowmx.anomalies;

import static org.meowmx.anomalies.Anomaly.FALSE_REPLY;
import static org.meowmx.anomalies.Anomaly.INCONSISTENT_ORDER;
import static org.meowmx.anomalies.Anomaly.LOST_UPDATE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meowmx.anomalies.Attempt.Answer;
import org.meowmx.anomalies.Attempt.Write;

/** The rule for the answers that writers got: they are true, meet the expected version, and are in the order of each writer's requests. */
final class ReplyRule implements Rule {

    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        Map<UUID, LogEntry> log = history.byId();
        Map<Integer, Long> lastOfWriter = new HashMap<>();
        for (Attempt attempt : history.attempts()) {
            if (attempt.answer() == Answer.REFUSED) {
                Write first = attempt.writes().get(0);
                findings.add(new Finding(FALSE_REPLY, first.stream(), "refused for no reason: " + first));
            }
            long before = lastOfWriter.getOrDefault(attempt.writer(), 0L);
            for (LogEntry reply : attempt.reply()) {
                LogEntry stored = log.get(reply.event());
                if (stored != null && !stored.equals(reply)) {
                    findings.add(Finding.of(FALSE_REPLY, reply, "stored as " + stored + ", answered as"));
                }
                if (reply.position() < before) {
                    findings.add(
                            Finding.of(INCONSISTENT_ORDER, reply, "its writer had got position " + before + " before"));
                }
                lastOfWriter.merge(attempt.writer(), reply.position(), Math::max);
            }
            checkExpectations(attempt, findings);
        }
        return findings;
    }

    private static void checkExpectations(Attempt attempt, List<Finding> findings) {
        Map<UUID, Long> expected = attempt.writes().stream()
                .filter(write -> write.after() != Attempt.ANY)
                .collect(Collectors.toMap(Write::event, Write::after));
        Map<UUID, LogEntry> replies =
                attempt.reply().stream().collect(Collectors.toMap(LogEntry::event, Function.identity()));
        expected.forEach((event, after) -> {
            LogEntry reply = replies.get(event);
            if (reply != null && reply.version() != after + 1) {
                findings.add(Finding.of(LOST_UPDATE, reply, "expected behind version " + after));
            }
        });
    }
}
