package org.meowmx;

import java.util.List;
import java.util.Optional;

/**
 * The current state of the log.
 *
 * @param lastPosition the last position that was assigned, whether its event was committed or not
 * @param highWaterMark the position up to which the log is decided
 * @param usedPosition the highest position that an event or a checkpoint is known to have; above the last assigned one
 *     only if the sequence was set back; then see {@link #problem}
 * @param openAppends the transactions that have appended and are still open; the first is the one that holds the mark
 *     back
 */
public record LogStatus(long lastPosition, long highWaterMark, long usedPosition, List<OpenAppend> openAppends) {

    public LogStatus {
        openAppends = List.copyOf(openAppends);
    }

    /** The state of a log whose sequence is above every position in use. */
    public LogStatus(long lastPosition, long highWaterMark, List<OpenAppend> openAppends) {
        this(lastPosition, highWaterMark, lastPosition, openAppends);
    }

    /** Why nothing is appended and subscriptions wait, with the SQL that repairs it; empty if the log is sound. */
    public Optional<String> problem() {
        return lastPosition < usedPosition
                ? Optional.of(SequenceResetException.sentence(lastPosition, usedPosition))
                : Optional.empty();
    }
}
