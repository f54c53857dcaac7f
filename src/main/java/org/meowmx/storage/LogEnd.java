package org.meowmx.storage;

import java.util.UUID;

/**
 * The end of the log at the time of a read.
 *
 * @param logId the id of the log
 * @param lastPosition the last position that was assigned
 * @param highWaterMark the position up to which the log is decided
 */
record LogEnd(UUID logId, long lastPosition, long highWaterMark) {}
