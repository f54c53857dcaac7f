package org.meowmx.groupcommit;

/** A group was not written, because its leader failed before the first statement. */
public final class LeaderFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    /** @param failure what the leader's own request failed with */
    public LeaderFailedException(RuntimeException failure) {
        super(failure);
        this.failure = failure;
    }

    /** What the leader's own request failed with. */
    public RuntimeException failure() {
        return failure;
    }
}
