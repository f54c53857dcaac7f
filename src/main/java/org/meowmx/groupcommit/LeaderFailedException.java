package org.meowmx.groupcommit;

/** A group was not committed, and the thread of its leader may be the reason: it cannot begin transactions, or was interrupted. */
public final class LeaderFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    /** @param failure the exception for the leader's own request */
    public LeaderFailedException(RuntimeException failure) {
        super(failure);
        this.failure = failure;
    }

    /** The exception for the leader's own request. */
    public RuntimeException failure() {
        return failure;
    }
}
