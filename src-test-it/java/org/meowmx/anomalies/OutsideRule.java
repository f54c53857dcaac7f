package org.meowmx.anomalies;

import static org.meowmx.anomalies.Anomaly.LOST_OUTSIDE_EFFECT;
import static org.meowmx.anomalies.Anomaly.STRAY_OUTSIDE_EFFECT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meowmx.anomalies.LedgerEntry.Handled;

/**
 * The rule for effects outside of the database: one in each turn that handled the event, and no effect of other events
 * than those of the turn.
 */
final class OutsideRule implements Rule {

    @Override
    public List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        for (Reader reader : history.readers()) {
            Set<Handled> outside = new HashSet<>(reader.outside());
            for (Handled one : reader.handled()) {
                if (!outside.contains(one)) {
                    findings.add(Finding.of(
                            LOST_OUTSIDE_EFFECT,
                            one.event(),
                            "handled by " + reader.subscription() + " in " + one.turn()));
                }
            }
            checkWindow(reader, history.batch(), findings);
        }
        return findings;
    }

    private static void checkWindow(Reader reader, int batch, List<Finding> findings) {
        Map<String, Integer> sizes = new HashMap<>();
        for (Handled effect : reader.outside()) {
            int size = sizes.merge(effect.turn(), 1, Integer::sum);
            boolean passed = !effect.parked() && effect.event().position() <= effect.checkpoint();
            if (passed || size > batch) {
                findings.add(Finding.of(
                        STRAY_OUTSIDE_EFFECT,
                        effect.event(),
                        "number " + size + " of a turn that began at " + effect.checkpoint()));
            }
        }
    }
}
