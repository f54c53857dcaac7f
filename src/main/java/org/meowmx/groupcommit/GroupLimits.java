package org.meowmx.groupcommit;

import java.time.Duration;

/**
 * The limits of groups.
 *
 * @param requests in a group, 1 or greater
 * @param entries in a group
 * @param bytes in a group. A larger group would hold its locks for too long
 * @param timeout the longest time in the queue, and the transaction timeout of a group
 */
public record GroupLimits(int requests, int entries, long bytes, Duration timeout) {

    /** Whether a group has room for a request at all. */
    boolean fit(GroupRequest request) {
        return request.entries() <= entries && request.bytes() <= bytes;
    }
}
