package org.meowmx.subscription.lease;

import java.util.UUID;
import org.meowmx.MeowmxException;

/**
 * The lease has ended, so nothing was changed. It was acknowledged or failed before, it has expired, or an operator moved, renamed
 * or deleted the subscription.
 *
 * <p>The worker forgets the page and requests the next lease. If its events were not acknowledged, they are leased again.
 */
public class LeaseLostException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String subscription;

    /** Creates the exception. */
    public LeaseLostException(String subscription, UUID lease) {
        super(
                "Lease %s of subscription '%s' has ended, so nothing was changed. It has expired, or it was acknowledged, failed or replaced before. Request the next lease"
                        .formatted(lease, subscription),
                null);
        this.subscription = subscription;
    }

    /** The name of the subscription. */
    public String subscription() {
        return subscription;
    }
}
