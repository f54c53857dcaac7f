package org.meowmx.anomalies;

import java.util.ArrayList;
import java.util.List;
import org.meowmx.anomalies.LedgerEntry.Handled;
import org.meowmx.anomalies.LedgerEntry.Repositioned;

/**
 * The deliveries of a subscription from one reposition to the next.
 *
 * @param start the position after which it began
 * @param last whether it had time to catch up
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
