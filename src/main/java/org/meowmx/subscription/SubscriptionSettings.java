package org.meowmx.subscription;

import java.time.Duration;
import org.meowmx.ReadFrom;

/**
 * The configuration of one subscription.
 *
 * @param segments how many it begins with
 * @param batchSize how many events a turn handles at most
 * @param start where it begins
 * @param failures what becomes of an event that fails
 * @param frozenAfter how long a turn may be silent towards the database before it loses its claim
 */
record SubscriptionSettings(int segments, int batchSize, ReadFrom start, FailurePolicy failures, Duration frozenAfter) {

    static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    static final Duration FROZEN_AFTER = Duration.ofMinutes(1);

    /** What becomes of an event that keeps failing. */
    enum OnFailure {
        /** The segment stays before it and keeps trying. */
        BLOCK,
        /** It and the later events of its stream are set aside. */
        PARK
    }

    /**
     * What becomes of an event that fails.
     *
     * @param onFailure in the end
     * @param maxAttempts after how many failures it is parked
     * @param backoff the delays between attempts
     */
    record FailurePolicy(OnFailure onFailure, int maxAttempts, Backoff backoff) {

        /** Whether an event that has failed so often is to be parked. */
        boolean parksAfter(int attempts) {
            return onFailure == OnFailure.PARK && attempts >= maxAttempts;
        }
    }
}
