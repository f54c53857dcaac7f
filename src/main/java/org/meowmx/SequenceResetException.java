package org.meowmx;

/**
 * The sequence that assigns positions is below a position that the log already uses, as after a copy of the data alone, a
 * failover that lost data, or {@code setval}.
 *
 * <p>Readers that have passed the position would never see a new event there, so nothing is appended and subscriptions
 * wait. The transaction cannot be used any more. Repeating the call does not help: the owner of the tables must run the
 * statement in the message. Running nodes then continue by themselves.
 */
public class SequenceResetException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final long lastPosition;
    private final long usedPosition;

    /**
     * Creates the exception.
     *
     * @param lastPosition the last position that the sequence has assigned
     * @param usedPosition a position that an event or a checkpoint has
     */
    public SequenceResetException(long lastPosition, long usedPosition) {
        super(sentence(lastPosition, usedPosition), null);
        this.lastPosition = lastPosition;
        this.usedPosition = usedPosition;
    }

    /** The message, with the statement that repairs the sequence. It never moves the sequence back. */
    static String sentence(long lastPosition, long usedPosition) {
        return ("The sequence meowmx_events_position_seq is at %d, but an event or a checkpoint has position %d: readers "
                        + "would skip new events. Nothing is appended, and subscriptions wait, until the owner of the tables runs "
                        + "select setval('meowmx_events_position_seq', greatest(last_value, %d, "
                        + "(select max(position) from meowmx_events), (select max(live_after) from meowmx_checkpoints))) "
                        + "from meowmx_events_position_seq")
                .formatted(lastPosition, usedPosition, usedPosition);
    }

    /** The last position that the sequence has assigned. */
    public long lastPosition() {
        return lastPosition;
    }

    /** A position that an event or a checkpoint has, although the sequence has not reached it or has just assigned it. */
    public long usedPosition() {
        return usedPosition;
    }
}
