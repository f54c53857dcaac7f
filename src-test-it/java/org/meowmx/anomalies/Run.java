package org.meowmx.anomalies;

import java.util.ArrayList;
import java.util.List;
import org.meowmx.anomalies.LedgerEntry.Handled;
import org.meowmx.anomalies.LedgerEntry.Repositioned;

/**
 * What a subscription did from one repositioning to the next.
 *
 * @param start it began behind this position
 * @param last whether it was given the time to catch up
 */
record Run(long start, List<Handled> handled, boolean last) {

    static List<Run> of(Reader reader) {
        List<Run> runs = new ArrayList<>();
        long start = 0;
        List<Handled> handled = new ArrayList<>();
        for (LedgerEntry entry : reader.ledger()) {
            if (entry instanceof Repositioned moved) {
                runs.add(new Run(start, handled, false));
                start = moved.position();
                handled = new ArrayList<>();
            } else if (entry instanceof Handled one) {
                handled.add(one);
            }
        }
        runs.add(new Run(start, handled, true));
        return runs;
    }
}
