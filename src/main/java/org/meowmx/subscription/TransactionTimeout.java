package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets JTA's timeout for the transactions that one piece of work begins in this thread. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class TransactionTimeout {

    /** The server's own timeout. */
    private static final int DEFAULT = 0;

    @Inject
    UserTransaction transaction;

    /**
     * Runs work; to be called without a transaction.
     *
     * @param timeout whole seconds count, at least one; null leaves it to the server
     */
    <T> T during(@Nullable Duration timeout, Supplier<T> work) {
        if (timeout == null) {
            return work.get();
        }
        set((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toSeconds())));
        try {
            return work.get();
        } finally {
            set(DEFAULT);
        }
    }

    private void set(int seconds) {
        try {
            transaction.setTransactionTimeout(seconds);
        } catch (SystemException e) {
            throw new IllegalStateException("The transaction manager takes no timeout", e);
        }
    }
}
