package org.meowmx.anomalies;

/**
 * The checkpoint of a segment, read from outside during the run.
 *
 * @param segment its first slice
 * @param moves the number of repositions of the subscription so far
 * @param end the last drawn position, read after the checkpoint
 */
public record Sample(int segment, long moves, long checkpoint, long end) {}
