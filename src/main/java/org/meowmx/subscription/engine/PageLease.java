package org.meowmx.subscription.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lease in a checkpoint.
 *
 * @param id the id that its worker uses
 * @param to the position of the last leased event
 * @param until when it expires, by the database's clock
 * @param worker the name of the worker
 * @param parked the position of the leased event if it is a parked one; null if the lease is for events after the checkpoint
 */
record PageLease(
        UUID id,
        long to,
        Instant until,
        String worker,
        @Nullable Long parked) {

    boolean hasExpired(Instant now) {
        return !until.isAfter(now);
    }
}
