package org.meowmx;

import java.time.Instant;

/**
 * A stream at a glance.
 *
 * @param stream its identity
 * @param version its version, which is the number of its events
 * @param lastPosition the position of its newest event
 * @param lastChange when that was recorded
 */
public record StreamSummary(StreamId stream, long version, long lastPosition, Instant lastChange) {}
