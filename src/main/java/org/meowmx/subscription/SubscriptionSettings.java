package org.meowmx.subscription;

import java.time.Duration;
import org.meowmx.ReadFrom;

/**
 * The configuration of one subscription.
 *
 * @param segments how many it begins with
 * @param batchSize how many events a turn handles at most
 * @param onFailure what becomes of an event that keeps failing
 * @param maxAttempts after how many failures it is parked
 * @param start where it begins
 * @param backoff the delays between attempts
 */
record SubscriptionSettings(
        int segments, int batchSize, OnFailure onFailure, int maxAttempts, ReadFrom start, Backoff backoff) {

    /** What becomes of an event that keeps failing. */
    enum OnFailure {
        /** The segment stays before it and keeps trying. */
        BLOCK,
        /** It and the later events of its stream are set aside. */
        PARK
    }

    static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
}
