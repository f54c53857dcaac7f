package org.meowmx.anomalies;

/** What a subscription's ledger, which is written in the transactions of its turns, says. In the order of writing. */
public sealed interface LedgerEntry {

    /**
     * An event was handled.
     *
     * @param segment the first slice of the segment whose turn it was
     * @param checkpoint where the segment's checkpoint was, seen from inside of the turn
     * @param turn the transaction
     * @param parked whether it was handled as a parked event, past which the checkpoint has gone
     */
    record Handled(LogEntry event, int segment, long checkpoint, String turn, boolean parked) implements LedgerEntry {

        @Override
        public String toString() {
            return event + ", segment " + segment + " at " + checkpoint + (parked ? " and parked" : "") + ", turn "
                    + turn;
        }
    }

    /**
     * The subscription was told to read on from elsewhere, and its ledger begins anew.
     *
     * @param position behind which it reads on
     */
    record Repositioned(long position) implements LedgerEntry {}
}
