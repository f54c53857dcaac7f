package org.meowmx.subscription;

import org.meowmx.MeowmxException;

/**
 * Another node carried out an operation, and an observer there threw an exception. Nothing was changed, except that a retry
 * of parked events keeps those that were handled before the failure. Correct the observer, then repeat the operation.
 */
public class OperationFailedException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    /**
     * Creates the exception.
     *
     * @param subscription the name of the subscription
     * @param failure what the other node recorded
     */
    public OperationFailedException(String subscription, String failure) {
        super("The operation on subscription '%s' failed: %s".formatted(subscription, failure), null);
        this.subscription = subscription;
    }

    /** The name of the subscription. */
    public String subscription() {
        return subscription;
    }
}
