package org.meowmx.groupcommit;

import java.time.Duration;

/**
 * The limits of groups.
 *
 * @param requests in a group, 1 or greater
 * @param entries in a group
 * @param bytes in a group. A larger group would hold its locks for too long
 * @param alone how many requests may be written alone at the same time, each in its caller's transaction, before others form groups.
 *     For few writers a group costs more than it saves
 * @param forSecondLane how many requests must wait for a second group to be written at the same time
 * @param timeout the longest time in the queue, and the transaction timeout of a group
 */
public record GroupLimits(int requests, int entries, long bytes, int alone, int forSecondLane, Duration timeout) {

    /** Whether a group has room for a request at all. */
    boolean fit(GroupRequest request) {
        return request.entries() <= entries && request.bytes() <= bytes;
    }
}
