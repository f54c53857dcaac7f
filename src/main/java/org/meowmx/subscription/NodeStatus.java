package org.meowmx.subscription;

import java.time.Instant;

/**
 * The state of a node: an application instance that runs subscriptions on the database.
 *
 * @param name the value of {@code meowmx.node} in its configuration; by default {@code APPLICATION@HOST} with a
 *     random suffix, where the host is the value of {@code HOSTNAME}, or {@code node}
 * @param release the version of this library that it runs
 * @param startedAt the time of its start, by its own clock
 * @param seenAt the time of its last heartbeat, by its own clock
 * @param alive whether heartbeats are arriving; false from three to four heartbeat intervals after the last one
 */
public record NodeStatus(String name, String release, Instant startedAt, Instant seenAt, boolean alive) {}
