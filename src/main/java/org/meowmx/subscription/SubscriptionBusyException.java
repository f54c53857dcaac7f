package org.meowmx.subscription;

import org.meowmx.MeowmxException;

/** Another worker is in the middle of a batch of the subscription. Try again when it is through. */
public class SubscriptionBusyException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    public SubscriptionBusyException(String subscription) {
        super("Another worker holds the subscription '%s'".formatted(subscription), null);
        this.subscription = subscription;
    }

    public String subscription() {
        return subscription;
    }
}
