package org.meowmx.storage;

/**
 * The end of the log at the time of a read.
 *
 * @param lastPosition the last position that was assigned
 * @param highWaterMark the position up to which the log is decided
 */
record LogEnd(long lastPosition, long highWaterMark) {}
