package org.meowmx.subscription.engine;

import org.meowmx.subscription.engine.declaration.Segments;

/**
 * A segment that had work when the poll query ran.
 *
 * @param subscription the name of its subscription
 * @param slices its slices at that time
 */
record DueSegment(String subscription, Segments.Range slices) {

    Checkpoint.Key key() {
        return new Checkpoint.Key(subscription, (short) slices.first());
    }
}
