package org.meowmx.anomalies;

/**
 * A look at the checkpoint of a segment from outside, while all is going on.
 *
 * @param segment its first slice
 * @param moves how often the subscription had been repositioned
 * @param end the last position that was drawn, asked for after the checkpoint
 */
public record Sample(int segment, long moves, long checkpoint, long end) {}
