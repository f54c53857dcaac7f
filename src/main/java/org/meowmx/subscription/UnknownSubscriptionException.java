package org.meowmx.subscription;

import org.meowmx.MeowmxException;

/**
 * No observer of this application and no checkpoint in the database has this name.
 *
 * <p>Check the spelling; {@link Subscriptions#list} returns the known names. Another node may have deleted or renamed
 * the subscription.
 */
public class UnknownSubscriptionException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    /**
     * Creates the exception.
     *
     * @param subscription the unknown name
     */
    public UnknownSubscriptionException(String subscription) {
        super(
                "Subscription '%s' not found: no observer declares it, or another node deleted its checkpoint"
                        .formatted(subscription),
                null);
        this.subscription = subscription;
    }

    /** The unknown name. */
    public String subscription() {
        return subscription;
    }
}
