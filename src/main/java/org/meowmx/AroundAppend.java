package org.meowmx;

import java.util.List;

/**
 * Code around every append of the store, in the caller's thread: it may give ids to the events and notices whether the
 * append succeeds. The store calls the bean of this type, if there is one.
 *
 * <p>The interface is public only for the other packages of this library. It is not part of the API that applications
 * use: to add metadata, implement a {@code MetadataContributor}.
 */
public interface AroundAppend {

    /** The appends of one call, and the results in the same order. */
    interface Proceed {
        List<AppendResult> append(List<StreamAppend> appends);
    }

    /**
     * Performs the append by calling {@code next} once.
     *
     * @param appends the appends as the caller gave them
     * @param next performs the append
     */
    List<AppendResult> append(List<StreamAppend> appends, Proceed next);
}
