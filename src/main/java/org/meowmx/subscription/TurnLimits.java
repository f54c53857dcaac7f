package org.meowmx.subscription;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a turn may last.
 *
 * @param frozenAfter how long it may be silent towards the database before it loses its claim
 * @param transactionTimeout after what time JTA rolls it back; null leaves that to the server
 */
record TurnLimits(Duration frozenAfter, @Nullable Duration transactionTimeout) {

    static final Duration FROZEN_AFTER = Duration.ofMinutes(1);

    static final TurnLimits DEFAULT = new TurnLimits(FROZEN_AFTER, null);

    /** Beyond which a turn that has not ended is to be told of. */
    Duration tolerated() {
        return transactionTimeout != null && transactionTimeout.compareTo(frozenAfter) < 0
                ? transactionTimeout
                : frozenAfter;
    }
}
