package org.meowmx.groupcommit;

import java.util.Collection;

/** What one thread wants to have written. All methods return the same values in every call. */
public interface GroupRequest {

    /** What the request writes to, for example a stream; it has {@code equals} and {@code hashCode}. */
    Object key();

    /** What no other request of a group may contain; each has {@code equals} and {@code hashCode}. */
    Collection<?> ids();

    /** Whether it may be in a group with other requests of its key for which this is true as well. */
    boolean sharesItsKey();

    /** The number of its entries, 1 or greater. */
    int entries();

    /** Its approximate size in bytes. */
    long bytes();
}
