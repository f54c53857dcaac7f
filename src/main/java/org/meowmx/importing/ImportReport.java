package org.meowmx.importing;

/**
 * The result of an import. Every event that it counts is in the log, with the source's type, data and version.
 *
 * @param streams the number of streams in the source
 * @param events the number of events that were compared with the log
 * @param stored the number of these events that were new to the log
 * @param moved the number of events whose position in the log is lower than that of their direct predecessor in the
 *     source. This occurs if the source has the events of a stream in the wrong order, or if an event was committed
 *     after an earlier import had read past its place
 * @param remaining the number of events that were added to the source while the import ran; 0 if nobody wrote to it.
 *     Import again to get them
 */
public record ImportReport(long streams, long events, long stored, long moved, long remaining) {}
