package org.meowmx;

import java.util.List;

/**
 * The current state of the log.
 *
 * @param lastPosition the last position that was assigned, whether its event was committed or not
 * @param highWaterMark the position up to which the log is decided
 * @param openAppends the transactions that have appended and are still open; the first is the one that holds the mark
 *     back
 */
public record LogStatus(long lastPosition, long highWaterMark, List<OpenAppend> openAppends) {

    public LogStatus {
        openAppends = List.copyOf(openAppends);
    }
}
