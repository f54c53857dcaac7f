package org.meowmx.subscription.engine.declaration;

import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.transaction.TransactionLimits;

/**
 * The configuration of one subscription.
 *
 * @param creation the settings that apply only when the subscription is created
 * @param batchSize the largest number of events in one turn
 * @param failures what to do with an event that keeps failing
 * @param derivedIds whether events that handlers append get ids that are derived from the handled event
 * @param limits the time limits of a turn
 */
public record SubscriptionSettings(
        Creation creation, int batchSize, FailurePolicy failures, boolean derivedIds, TransactionLimits limits) {

    /**
     * The settings that apply only while the subscription has no checkpoint.
     *
     * @param segments the number of segments
     * @param start where the subscription starts to read the log
     * @param renamedFrom the former name of the subscription, whose checkpoints it takes over if they exist; null if it has none
     */
    public record Creation(
            int segments, ReadFrom start, @Nullable String renamedFrom) {

        /**
         * The settings for a version that is built next to the serving one. If it started at the end of the log, it would lack events
         * that the serving version has, so it starts at the beginning.
         */
        public Creation ofNewVersion() {
            return start.equals(ReadFrom.now()) ? new Creation(segments, ReadFrom.beginning(), renamedFrom) : this;
        }
    }
}
