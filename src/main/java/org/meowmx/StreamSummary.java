package org.meowmx;

import java.time.Instant;

/**
 * The key figures of a stream: one entry of {@link LogCatalog#streams}.
 *
 * @param stream its identity
 * @param version its version, which is the number of its events
 * @param lastPosition the position of its newest event
 * @param lastChange the time at which that event was recorded
 */
public record StreamSummary(StreamId stream, long version, long lastPosition, Instant lastChange) {}
