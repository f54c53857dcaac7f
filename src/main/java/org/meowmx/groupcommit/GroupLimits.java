package org.meowmx.groupcommit;

import java.time.Duration;

/**
 * The limits of groups.
 *
 * @param requests the largest number of requests in a group, 1 or greater
 * @param entries the largest number of entries in a group
 * @param bytes the largest size of a group. A larger group would hold its locks for too long
 * @param alone the number of requests that may be written alone at the same time before others form groups. For few writers, a group
 *     costs more than it saves
 * @param forSecondLane the number of waiting requests from which a second group is written at the same time
 * @param timeout the longest time in the queue, and the transaction timeout of a group
 */
public record GroupLimits(int requests, int entries, long bytes, int alone, int forSecondLane, Duration timeout) {

    /** Whether a group has room for a request at all. */
    boolean fit(GroupRequest request) {
        return request.entries() <= entries && request.bytes() <= bytes;
    }
}
