package org.meowmx;

import java.util.List;

/**
 * Where the log stands.
 *
 * @param lastPosition the last position that was drawn, committed or not
 * @param highWaterMark up to where it is decided
 * @param openAppends the transactions that have appended and not ended, the one that holds the mark back first
 */
public record LogStatus(long lastPosition, long highWaterMark, List<OpenAppend> openAppends) {

    public LogStatus {
        openAppends = List.copyOf(openAppends);
    }
}
