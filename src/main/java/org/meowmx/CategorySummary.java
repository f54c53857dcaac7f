package org.meowmx;

import java.time.Instant;

/**
 * The key figures of a category: one entry of {@link LogCatalog#categories}.
 *
 * @param category the name of the category
 * @param streams the number of its streams
 * @param events the number of events in these streams
 * @param lastPosition the position of its newest event
 * @param lastChange the time at which that event was recorded
 */
public record CategorySummary(String category, long streams, long events, long lastPosition, Instant lastChange) {}
