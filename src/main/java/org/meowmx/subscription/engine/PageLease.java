package org.meowmx.subscription.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.lease.LeaseRequest;

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

    /** The longest time that a lease can last. The additional minute allows for a small correction of the clock. */
    private static final Duration LONGEST = LeaseRequest.LONGEST.plusMinutes(1);

    boolean hasExpired(Instant now) {
        return hasExpired(until, now);
    }

    /**
     * Whether a lease has expired. It also counts as expired if its end is further away than any worker can request, because the clock
     * of the database went back, for example after a failover.
     */
    static boolean hasExpired(Instant until, Instant now) {
        return !until.isAfter(now) || until.isAfter(now.plus(LONGEST));
    }
}
