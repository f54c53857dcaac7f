package org.meowmx.anomalies;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.meowmx.anomalies.LedgerEntry.Handled;

/**
 * All records of one subscription. It started at the beginning of the log, requests every event, and had time to catch up.
 *
 * @param ledger the entries in the order of writing
 * @param outside the effects outside of the database, of turns that were committed and of others
 * @param parked the events that are parked at the end
 * @param samples the samples in the order of reading
 */
public record Reader(
        String subscription, List<LedgerEntry> ledger, List<Handled> outside, Set<UUID> parked, List<Sample> samples) {

    public Reader {
        ledger = List.copyOf(ledger);
        outside = List.copyOf(outside);
        parked = Set.copyOf(parked);
        samples = List.copyOf(samples);
    }

    List<Handled> handled() {
        return ledger.stream()
                .filter(Handled.class::isInstance)
                .map(Handled.class::cast)
                .toList();
    }
}
