package org.meowmx.subscription.lease;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The operations that the REST API needs to send leases to waiting workers.
 *
 * <p>The interface is public only for the other packages of this library. It is not part of the API that applications use.
 */
public interface LeaseDelivery {

    /**
     * Finds work by one query. It must be called by one thread at a time.
     *
     * @return the subscriptions that may have something to lease, each with the first slices of the segments concerned
     */
    Map<String, Set<Integer>> withWork(Collection<String> subscriptions);

    /**
     * As {@link Leases#lease}, in some segments only.
     *
     * @param segments the first slices of the segments
     */
    Optional<Lease> lease(String subscription, Set<Integer> segments, LeaseRequest request);

    /** Ends a lease whose page the worker has not received. No attempt is counted. Does nothing if the lease has ended. */
    void giveBack(String subscription, UUID lease);
}
