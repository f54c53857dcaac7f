package org.meowmx;

import java.util.Set;

/** The subscriptions that this application's observers name. */
public interface Subscriptions {

    /** The names of all subscriptions that observers of this application ask for. */
    Set<String> names();

    /**
     * Delivers, in the calling thread, everything that the subscription has not seen yet, up to the high-water mark; for
     * tests and tools. Must be called without a transaction, as every batch has its own.
     *
     * @return how many events were delivered
     * @throws UnknownSubscriptionException when no observer names it
     * @throws SubscriptionBusyException when another worker or node is in the middle of a batch of it
     */
    long catchUp(String name);
}
