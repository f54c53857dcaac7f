package org.meowmx.subscription;

import org.meowmx.MeowmxException;

/**
 * An operation was requested of another node, and that node has not carried it out within ten seconds. The request stays
 * stored, and the subscription takes no turn until it is carried out. {@link SubscriptionStatus#operation} shows it.
 */
public class OperationPendingException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    /**
     * Creates the exception.
     *
     * @param subscription the name of the subscription
     * @param operation the operation, for the message
     */
    public OperationPendingException(String subscription, String operation) {
        super(
                "The operation '%s' of subscription '%s' is requested; a node that declares the subscription will carry it out"
                        .formatted(operation, subscription),
                null);
        this.subscription = subscription;
    }

    /** The name of the subscription. */
    public String subscription() {
        return subscription;
    }
}
