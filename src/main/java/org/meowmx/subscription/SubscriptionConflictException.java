package org.meowmx.subscription;

import org.meowmx.MeowmxException;

/** The subscription is not in a state in which this can be done to it; the message says what to do first. */
public class SubscriptionConflictException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    public SubscriptionConflictException(String subscription, String why) {
        super("Subscription '%s' %s".formatted(subscription, why), null);
        this.subscription = subscription;
    }

    public String subscription() {
        return subscription;
    }
}
