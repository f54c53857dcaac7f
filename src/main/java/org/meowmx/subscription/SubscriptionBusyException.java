package org.meowmx.subscription;

import org.meowmx.MeowmxException;

/**
 * Another worker or node is taking a turn of the subscription: a transaction that handles a page of events. Repeat the
 * call after a short pause.
 */
public class SubscriptionBusyException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    /**
     * Creates the exception.
     *
     * @param subscription the name of the subscription
     */
    public SubscriptionBusyException(String subscription) {
        super("Another worker is taking a turn of subscription '%s'; try again later".formatted(subscription), null);
        this.subscription = subscription;
    }

    /** The name of the subscription. */
    public String subscription() {
        return subscription;
    }
}
