package org.meowmx.subscription;

import org.meowmx.RecordedEvent;

/**
 * The notification that an event was set aside after it had failed as often as its subscription allows. The later events of
 * its stream follow it until the stream is retried, skipped or discarded; other streams go on.
 *
 * @param subscription which one
 * @param event the event
 */
public record EventParked(String subscription, RecordedEvent event) {}
