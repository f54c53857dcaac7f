package org.meowmx.subscription.engine.declaration;

import java.time.Duration;

/**
 * The configuration of a node, for all of its subscriptions together.
 *
 * @param enabled whether it runs them
 * @param notifying whether it tells other nodes of its appends, and listens for theirs
 * @param pollInterval how often it looks for events
 * @param stopTimeout how long stopping waits for the turns at hand
 * @param heartbeat how often it gives a sign of life
 */
public record NodeSettings(
        boolean enabled, boolean notifying, Duration pollInterval, Duration stopTimeout, Duration heartbeat) {

    static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    static final Duration HEARTBEAT = Duration.ofSeconds(10);
}
