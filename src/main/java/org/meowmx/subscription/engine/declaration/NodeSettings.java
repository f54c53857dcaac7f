package org.meowmx.subscription.engine.declaration;

import java.time.Duration;

/**
 * The configuration of a node, for all of its subscriptions together.
 *
 * @param enabled whether the node runs subscriptions
 * @param notifying whether the node notifies other nodes of its appends, and listens for theirs
 * @param pollInterval how often the node polls for new events
 * @param stopTimeout how long the stopping node waits for running turns
 * @param heartbeat how often the node sends a heartbeat
 */
public record NodeSettings(
        boolean enabled, boolean notifying, Duration pollInterval, Duration stopTimeout, Duration heartbeat) {}
