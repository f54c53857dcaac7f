package org.meowmx;

import java.time.Instant;

/**
 * A category at a glance.
 *
 * @param category its name
 * @param streams how many streams it has
 * @param events how many events these have
 * @param lastPosition the position of its newest event
 * @param lastChange when that was recorded
 */
public record CategorySummary(String category, long streams, long events, long lastPosition, Instant lastChange) {}
