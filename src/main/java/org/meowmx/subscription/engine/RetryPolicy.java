package org.meowmx.subscription.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.FailurePolicy;

/**
 * Decides what happens to an event that has failed. A new policy is a class that implements this, and a line in
 * {@link #configured}.
 */
interface RetryPolicy {

    /**
     * The delay before the next attempt; empty if the event is to be parked.
     *
     * @param attempts how often the event has failed in a row, 1 or greater
     */
    Optional<Duration> delayAfter(int attempts);

    /**
     * The policy that the configuration of a subscription requests: exponential back-off with jitter, then parking if
     * configured.
     */
    static RetryPolicy configured(FailurePolicy settings) {
        return attempts -> settings.parksAfter(attempts)
                ? Optional.empty()
                : Optional.of(settings.backoff().after(attempts, ThreadLocalRandom.current()));
    }
}
