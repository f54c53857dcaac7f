package org.meowmx.subscription.engine.declaration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.transaction.TransactionLimits;

/**
 * The configuration of one subscription.
 *
 * @param creation how it begins
 * @param batchSize how many events a turn handles at most
 * @param failures what becomes of an event that fails
 * @param limits how long a turn may last
 */
public record SubscriptionSettings(Creation creation, int batchSize, FailurePolicy failures, TransactionLimits limits) {

    static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    /**
     * What counts when a subscription has no checkpoint yet.
     *
     * @param segments how many it begins with
     * @param start where it begins
     * @param renamedFrom the subscription whose place it takes if that has a checkpoint; null for none
     */
    public record Creation(
            int segments, ReadFrom start, @Nullable String renamedFrom) {}

    /** What becomes of an event that keeps failing. */
    public enum OnFailure {
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
    public record FailurePolicy(OnFailure onFailure, int maxAttempts, Backoff backoff) {

        /** Whether an event that has failed so often is to be parked. */
        public boolean parksAfter(int attempts) {
            return onFailure == OnFailure.PARK && attempts >= maxAttempts;
        }
    }
}
