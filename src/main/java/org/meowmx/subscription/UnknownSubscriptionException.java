package org.meowmx.subscription;

import org.meowmx.MeowmxException;

/** No observer of this application names the subscription, or no checkpoint has its name any more. */
public class UnknownSubscriptionException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    public UnknownSubscriptionException(String subscription) {
        super(
                "There is no subscription '%s': no observer names it, or its checkpoint was removed by another node"
                        .formatted(subscription),
                null);
        this.subscription = subscription;
    }

    public String subscription() {
        return subscription;
    }
}
