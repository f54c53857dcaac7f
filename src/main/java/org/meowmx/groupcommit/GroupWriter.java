package org.meowmx.groupcommit;

import java.util.List;

/**
 * Writes a group in one transaction.
 *
 * @param <R> the requests
 * @param <A> the answers
 */
public interface GroupWriter<R extends GroupRequest, A> {

    /**
     * Writes the requests of a group and commits. A failure that concerns the whole group is an answer to each.
     *
     * @param requests at least one
     * @return one answer per request, in their order
     * @throws LeaderFailedException if it failed before the first statement, so another thread may succeed
     */
    List<A> write(List<R> requests);

    /** The answer when nobody knows whether the group was written: {@link #write} threw, or took too long. */
    A unknown();
}
