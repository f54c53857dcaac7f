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
     * @throws LeaderFailedException if nothing was committed and the leader's thread may be the reason, so another thread may
     *     succeed
     */
    List<A> write(List<R> requests);

    /** Whether a request was not written, and its caller writes it alone. Its key then stays occupied until that ends. */
    boolean isLeftToCaller(A answer);

    /** Called after {@link #write} in the same thread, when every caller has its answer and the lane is free. */
    void afterwards(List<R> requests, List<A> answers);

    /** The answer when nobody knows whether the group was written: {@link #write} threw, or took too long. */
    A unknown();
}
