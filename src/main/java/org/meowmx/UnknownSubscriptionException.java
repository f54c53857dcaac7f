package org.meowmx;

/** No observer of this application names the subscription. */
public class UnknownSubscriptionException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    public UnknownSubscriptionException(String subscription) {
        super("No observer names the subscription '%s'".formatted(subscription), null);
        this.subscription = subscription;
    }

    public String subscription() {
        return subscription;
    }
}
