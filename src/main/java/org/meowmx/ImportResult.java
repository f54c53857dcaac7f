package org.meowmx;

/**
 * The result of an import.
 *
 * @param stored the number of events that were new to the log
 * @param known the number of events that the log had already, or that occurred before in the same call
 */
public record ImportResult(int stored, int known) {}
