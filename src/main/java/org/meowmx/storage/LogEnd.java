package org.meowmx.storage;

/**
 * How far the log goes at the time of a read.
 *
 * @param lastPosition the last position that was assigned
 * @param highWaterMark the position up to which the log is decided
 */
record LogEnd(long lastPosition, long highWaterMark) {}
