package org.meowmx.subscription;

import org.meowmx.RecordedEvent;

/**
 * The notification that an event was parked: it has failed as often as its subscription allows, and is set aside.
 *
 * <p>The later events of its stream are parked after it until the stream is retried, skipped or discarded. Other
 * streams continue.
 *
 * @param subscription the name of the subscription
 * @param event the parked event
 */
public record EventParked(String subscription, RecordedEvent event) {}
