package org.meowmx.subscription.engine.declaration;

/** The names of the failure policies in the configuration. */
enum OnFailure {
    BLOCK {
        @Override
        FailurePolicy policy(int maxAttempts, Backoff backoff) {
            return new FailurePolicy.Block(backoff);
        }
    },

    PARK {
        @Override
        FailurePolicy policy(int maxAttempts, Backoff backoff) {
            return new FailurePolicy.Park(maxAttempts, backoff);
        }
    };

    /** The policy with the other settings of its subscription. */
    abstract FailurePolicy policy(int maxAttempts, Backoff backoff);
}
