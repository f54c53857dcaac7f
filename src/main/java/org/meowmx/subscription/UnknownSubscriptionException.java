package org.meowmx.subscription;

import org.meowmx.MeowmxException;

/**
 * The operation found no subscription with this name. An operation that calls observers requires an observer of this
 * application; an operation that changes a subscription requires a checkpoint.
 *
 * <p>Check the spelling: {@link Subscriptions#names} returns the names that this application declares,
 * {@link Subscriptions#list} those that have a checkpoint. Another node may have deleted or renamed the subscription.
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
                "Subscription '%s' not found: no observer of this application declares it, or it has no checkpoint. Check the spelling; if an observer declares it, the next start creates the checkpoint"
                        .formatted(subscription),
                null);
        this.subscription = subscription;
    }

    /** The unknown name. */
    public String subscription() {
        return subscription;
    }
}
