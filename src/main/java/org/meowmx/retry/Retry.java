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

/** Does work again when another writer was faster, each time in a new transaction. Inject it. */
@ApplicationScoped
public class Retry {

    /** Serialization failure and deadlock; not all of class 40, where a commit may have gone through. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01");

    private static final int DEEPEST_CAUSE = 20;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    @Inject
    OwnTransaction own;

    /** Made when the application starts: some servers find what it needs only from the application's own threads. */
    void start(@Observes Startup event) {}

    /**
     * Runs work in a transaction of its own, at most five times.
     *
     * @throws IllegalStateException when the caller has a transaction
     * @throws jakarta.transaction.TransactionalException when the transaction was not committed
     */
    public <T> T onConflict(Supplier<T> work) {
        return onConflict(Attempts.upTo(Attempts.MOST), work);
    }

    /** Runs work in a transaction of its own, at most five times; see {@link #onConflict(Supplier)}. */
    public void onConflict(Runnable work) {
        onConflict(() -> {
            work.run();
            return true;
        });
    }

    /** Runs work in a transaction of its own, at most so many times; see {@link #onConflict(Supplier)}. */
    public <T> T onConflict(Attempts attempts, Supplier<T> work) {
        return run("Retry.onConflict", attempts, () -> own.run(work));
    }

    /** What is called again. */
    interface Call<T, E extends Exception> {
        T call() throws E;
    }

    /** Calls until a call ends without conflict. */
    <T, E extends Exception> T run(String what, Attempts attempts, Call<T, E> call) throws E {
        if (transaction.getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException(
                    ("%s is retried on conflict, but its caller has a transaction already, which a conflict dooms: "
                                    + "retry where the transaction begins")
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
