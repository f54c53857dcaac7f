package org.meowmx.anomalies;

import static org.meowmx.anomalies.Anomaly.CHECKPOINT_AHEAD;
import static org.meowmx.anomalies.Anomaly.NON_MONOTONIC_POLL;
import static org.meowmx.anomalies.Anomaly.SECOND_WRITER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meowmx.anomalies.LedgerEntry.Handled;

/** The rule for the turns of a segment: each begins where the previous one ended, and moves forward. */
final class TurnRule implements Rule {

    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        for (Reader reader : history.readers()) {
            for (Run run : Run.of(reader)) {
                Map<Integer, Handled> lastOfSegment = new HashMap<>();
                for (Handled one : run.handled()) {
                    if (!one.parked()) {
                        Handled before = lastOfSegment.put(one.segment(), one);
                        check(one, before, findings);
                    }
                }
            }
        }
        return findings;
    }

    private static void check(Handled one, Handled before, List<Finding> findings) {
        if (one.event().position() <= one.checkpoint()) {
            findings.add(Finding.of(CHECKPOINT_AHEAD, one.event(), "the checkpoint was at " + one.checkpoint()));
        }
        if (before == null) {
            return;
        }
        long last = before.event().position();
        if (one.event().position() <= last) {
            findings.add(Finding.of(NON_MONOTONIC_POLL, one.event(), "handled after position " + last));
        }
        if (!one.turn().equals(before.turn()) && one.checkpoint() < last) {
            findings.add(Finding.of(
                    SECOND_WRITER,
                    one.event(),
                    "its turn began at " + one.checkpoint() + ", the one before it had handled position " + last));
        }
    }
}
