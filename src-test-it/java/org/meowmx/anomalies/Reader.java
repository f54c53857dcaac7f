package org.meowmx.anomalies;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.meowmx.anomalies.LedgerEntry.Handled;

/**
 * All that is known of one subscription. It began at the beginning, asks for every event, and was given the time to catch up.
 *
 * @param ledger in the order of writing
 * @param outside the effects outside of the database, of turns that were committed and of others
 * @param parked the events that are parked at the end
 * @param samples in the order of looking
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
