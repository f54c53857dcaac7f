package org.meowmx.subscription;

import java.time.Instant;

/**
 * An application instance that runs subscriptions on the database.
 *
 * @param name {@code meowmx.node} of its configuration, or its host's name with a suffix
 * @param release the version of this library that it runs
 * @param startedAt when it started, by its own clock
 * @param seenAt its last sign of life, by its own clock
 * @param alive whether signs of life have been coming; false from about three heartbeats after the last one
 */
public record NodeStatus(String name, String release, Instant startedAt, Instant seenAt, boolean alive) {}
