package org.meowmx.subscription;

import org.meowmx.MeowmxException;

/**
 * The state of the subscription does not permit the operation. The message says what to do first, for example to pause
 * the subscription.
 */
public class SubscriptionConflictException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    /**
     * Creates the exception.
     *
     * @param subscription the name of the subscription
     * @param why the reason and the way out; it completes the message
     */
    public SubscriptionConflictException(String subscription, String why) {
        super("Subscription '%s' %s".formatted(subscription, why), null);
        this.subscription = subscription;
    }

    /** The name of the subscription. */
    public String subscription() {
        return subscription;
    }
}
