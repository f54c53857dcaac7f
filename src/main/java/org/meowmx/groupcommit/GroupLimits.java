package org.meowmx.groupcommit;

import java.time.Duration;

/**
 * The limits of groups.
 *
 * @param requests in a group, 1 or greater
 * @param entries in a group
 * @param bytes in a group. A larger group would hold its locks for too long
 * @param timeout how long a request may be in the queue, and how long a group may be written before its followers give up
 */
public record GroupLimits(int requests, int entries, long bytes, Duration timeout) {

    /** Whether a request may be in a group at all. */
    public boolean allow(GroupRequest request) {
        return request.entries() <= entries && request.bytes() <= bytes;
    }
}
