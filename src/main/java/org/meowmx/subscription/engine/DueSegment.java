package org.meowmx.subscription.engine;

import org.meowmx.subscription.engine.declaration.Segments;

/**
 * A segment as it was when it was found to have something to do.
 *
 * @param subscription of which subscription
 * @param slices the slices that it had then
 */
record DueSegment(String subscription, Segments.Range slices) {

    Checkpoint.Key key() {
        return new Checkpoint.Key(subscription, (short) slices.first());
    }
}
