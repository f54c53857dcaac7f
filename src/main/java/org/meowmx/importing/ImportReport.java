package org.meowmx.importing;

/**
 * What an import found and did. Every event that it counts is in the log, with the source's type and data, at the source's
 * place in its stream.
 *
 * @param streams how many streams the source has
 * @param events how many events were compared
 * @param stored how many of them were new to the log
 * @param moved how many events stand earlier in the log than the one that the source has right in front of them: where it has
 *     a stream's events the wrong way round, or where one was committed after an earlier import had passed
 * @param remaining how many events the source has that were not there when the import passed; 0 unless somebody wrote to it
 *     meanwhile. Import again to get them
 */
public record ImportReport(long streams, long events, long stored, long moved, long remaining) {}
