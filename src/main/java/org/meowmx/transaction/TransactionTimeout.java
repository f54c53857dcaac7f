package org.meowmx.transaction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.Duration;

/** The time after which JTA rolls back the transactions that the current thread begins. */
@ApplicationScoped
public class TransactionTimeout {

    /** For {@link UserTransaction#setTransactionTimeout}: the server's own timeout. */
    private static final int SERVER_DEFAULT = 0;

    @Inject
    UserTransaction transactions;

    /**
     * Sets the timeout for the following transactions of this thread, in whole seconds, at least one.
     *
     * @throws IllegalStateException if the transaction manager refuses it, as in an EJB whose transactions the container manages
     */
    public void set(Duration timeout) {
        set((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toSeconds())));
    }

    /** Sets the server's own timeout. */
    public void reset() {
        set(SERVER_DEFAULT);
    }

    private void set(int seconds) {
        try {
            transactions.setTransactionTimeout(seconds);
        } catch (SystemException e) {
            throw new IllegalStateException("The transaction manager refused a timeout of " + seconds + " s", e);
        }
    }
}
