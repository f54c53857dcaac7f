package org.meowmx.groupcommit;

import java.util.Collection;

/** The request of one thread to write something. All methods return the same values in every call. */
public interface GroupRequest {

    /** The target of the request, for example a stream; it has {@code equals} and {@code hashCode}. */
    Object key();

    /** Ids that no other request of a group may contain; each has {@code equals} and {@code hashCode}. */
    Collection<?> ids();

    /** Whether it may be in a group with other requests of its key for which this is true as well. */
    boolean sharesItsKey();

    /** The number of its entries, 1 or greater. */
    int entries();

    /** Its approximate size in bytes. */
    long bytes();
}
