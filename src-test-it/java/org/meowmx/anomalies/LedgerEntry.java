package org.meowmx.anomalies;

/** An entry in the ledger of a subscription, which is written in the transactions of its turns. */
public sealed interface LedgerEntry {

    /**
     * An event was handled.
     *
     * @param segment the first slice of the segment
     * @param checkpoint the position of the segment's checkpoint, read inside of the turn
     * @param turn the transaction
     * @param parked whether it was handled as a parked event, which the checkpoint had passed
     */
    record Handled(LogEntry event, int segment, long checkpoint, String turn, boolean parked) implements LedgerEntry {

        @Override
        public String toString() {
            return event + ", segment " + segment + " at " + checkpoint + (parked ? " and parked" : "") + ", turn "
                    + turn;
        }
    }

    /**
     * The subscription was moved to another position, and a new run of its ledger begins.
     *
     * @param position the position after which it continues
     */
    record Repositioned(long position) implements LedgerEntry {}
}
