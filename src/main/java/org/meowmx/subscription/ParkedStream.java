package org.meowmx.subscription;

import java.time.Instant;
import org.meowmx.StreamId;

/**
 * A stream whose events a subscription has parked, in order, because the first of them failed.
 *
 * @param subscription the name of the subscription
 * @param stream the stream
 * @param events the number of its parked events, 1 or greater
 * @param firstPosition the position of the event that failed
 * @param firstVersion the version of the event that failed
 * @param failure the exception that the event caused: in a list its first line only, and otherwise with its stack trace
 * @param parkedAt the time at which the first event was parked
 */
public record ParkedStream(
        String subscription,
        StreamId stream,
        long events,
        long firstPosition,
        long firstVersion,
        String failure,
        Instant parkedAt) {}
