package org.meowmx.subscription;

import java.time.Instant;
import org.meowmx.StreamId;

/**
 * A stream whose events a subscription has set aside, in order, because the first of them failed.
 *
 * @param subscription the subscription
 * @param stream the stream
 * @param events how many of its events are parked
 * @param firstVersion the version of the one that failed
 * @param failure what was thrown, with its stack trace
 * @param parkedAt when the first was parked
 */
public record ParkedStream(
        String subscription, StreamId stream, long events, long firstVersion, String failure, Instant parkedAt) {}
