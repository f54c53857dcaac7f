package org.meowmx.subscription.engine.declaration;

/** What to do with an event that keeps failing. A new policy is one more record here, and one more {@link OnFailure}. */
public sealed interface FailurePolicy {

    /** The wait before the next attempt. */
    Backoff backoff();

    /**
     * Whether the event is parked. Otherwise it is tried again.
     *
     * @param attempts the number of failed attempts, 1 or greater
     */
    boolean parksAfter(int attempts);

    /** Tries again without limit. The segment waits. */
    record Block(Backoff backoff) implements FailurePolicy {

        @Override
        public boolean parksAfter(int attempts) {
            return false;
        }
    }

    /**
     * Parks the event and the later events of its stream. The segment continues.
     *
     * @param maxAttempts the number of failed attempts after which the event is parked, 1 or greater
     */
    record Park(int maxAttempts, Backoff backoff) implements FailurePolicy {

        @Override
        public boolean parksAfter(int attempts) {
            return attempts >= maxAttempts;
        }
    }
}
