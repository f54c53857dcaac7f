package org.meowmx.retry;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meowmx.MeowmxException;
import org.meowmx.transaction.OwnTransaction;

/**
 * The programmatic form of {@link RetriedOnConflict}: it repeats work after a conflict with another writer, each time
 * in a new transaction. Inject it.
 */
@ApplicationScoped
public class Retry {

    /**
     * Serialization failure and deadlock. Other states of class 40 are excluded, because with them a commit may have
     * succeeded.
     */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01");

    private static final int DEEPEST_CAUSE = 20;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    @Inject
    OwnTransaction own;

    /** Creates the bean at start: on some servers only the application's own threads can look the registry up. */
    void start(@Observes Startup event) {}

    /**
     * Runs work in its own transaction, at most five times.
     *
     * @return the result of the attempt that succeeded
     * @throws IllegalStateException if the caller has a transaction
     * @throws jakarta.transaction.TransactionalException if the transaction was not committed for another reason than a
     *     conflict
     * @throws RuntimeException the exception of the work: the last conflict, or the first exception that is not a
     *     conflict
     */
    public <T> T onConflict(Supplier<T> work) {
        return onConflict(Attempts.upTo(Attempts.MOST), work);
    }

    /** Runs work in its own transaction, at most five times; see {@link #onConflict(Supplier)}. */
    public void onConflict(Runnable work) {
        onConflict(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Runs work in its own transaction, with a given number of attempts and pauses; see {@link #onConflict(Supplier)}.
     */
    public <T> T onConflict(Attempts attempts, Supplier<T> work) {
        return run("Retry.onConflict", attempts, () -> own.run(work));
    }

    /** The call that is repeated. */
    interface Call<T, E extends Exception> {
        T call() throws E;
    }

    /** Repeats a call until it ends without a conflict or the attempts are used up. */
    <T, E extends Exception> T run(String what, Attempts attempts, Call<T, E> call) throws E {
        if (transaction.getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException(
                    ("%s cannot be retried inside the caller's transaction, because a conflict dooms that transaction. "
                                    + "Retry where the transaction begins")
                            .formatted(what));
        }
        int failures = 0;
        while (true) {
            try {
                return call.call();
            } catch (Exception e) {
                failures++;
                if (failures >= attempts.most()
                        || !isConflict(e, 0)
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(attempts.pauseAfter(failures, ThreadLocalRandom.current())
                        .toNanos());
            }
        }
    }

    private static boolean isConflict(@Nullable Throwable thrown, int depth) {
        if (thrown == null || depth > DEEPEST_CAUSE) {
            return false;
        }
        if (thrown instanceof MeowmxException ours) {
            return ours.isRetryable();
        }
        if (thrown instanceof SQLException sql && sql.getSQLState() != null && CONTENTION.contains(sql.getSQLState())) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (isConflict(suppressed, depth + 1)) {
                return true;
            }
        }
        return isConflict(thrown.getCause(), depth + 1);
    }
}
