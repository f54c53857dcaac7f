package org.meowmx.retry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.meowmx.MeowmxException;
import org.meowmx.Required;
import org.meowmx.transaction.Causes;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;
import org.meowmx.transaction.SqlState;

/**
 * The programmatic form of {@link RetriedOnConflict}: it repeats work after a conflict with another writer, each time
 * in a new transaction. Inject it.
 */
@ApplicationScoped
public class Retry {

    @Inject
    CurrentTransaction current;

    @Inject
    OwnTransaction own;

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
        return onConflict(Attempts.upTo(Attempts.MAX), work);
    }

    /** Runs work in its own transaction, at most five times; see {@link #onConflict(Supplier)}. */
    public void onConflict(Runnable work) {
        Required.present("work", work);
        onConflict(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Runs work in its own transaction, with a given number of attempts and pauses.
     *
     * @return the result of the attempt that succeeded
     * @throws IllegalStateException if the caller has a transaction
     * @throws jakarta.transaction.TransactionalException as in {@link #onConflict(Supplier)}
     * @throws RuntimeException the exception of the work, as in {@link #onConflict(Supplier)}
     */
    public <T> T onConflict(Attempts attempts, Supplier<T> work) {
        Required.present("attempts", attempts);
        Required.present("work", work);
        return run("Retry.onConflict", attempts, Retry::isConflict, () -> own.run(work));
    }

    /**
     * Calls work that begins its own transactions, and calls it again while a condition holds for the exception that it throws.
     *
     * @return the result of the attempt that succeeded
     * @throws IllegalStateException if the caller has a transaction
     * @throws RuntimeException the exception of the work: that of the last attempt, or the first that does not meet the condition
     */
    public <T> T repeat(Attempts attempts, Predicate<Exception> condition, Supplier<T> work) {
        Required.present("attempts", attempts);
        Required.present("condition", condition);
        Required.present("work", work);
        return run("Retry.repeat", attempts, condition, work::get);
    }

    /** The work of one attempt. */
    interface Call<T, E extends Exception> {
        T call() throws E;
    }

    /** @param what names the work in messages */
    <T, E extends Exception> T run(String what, Attempts attempts, Predicate<Exception> condition, Call<T, E> call)
            throws E {
        if (!current.isAbsent()) {
            throw new IllegalStateException(
                    ("%s cannot be retried inside the caller's transaction, because most conflicts doom that transaction. "
                                    + "Retry where the transaction begins")
                            .formatted(what));
        }
        int failures = 0;
        while (true) {
            try {
                return call.call();
            } catch (Exception e) {
                failures++;
                if (failures >= attempts.max()
                        || !condition.test(e)
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(attempts.pauseAfter(failures, ThreadLocalRandom.current())
                        .toNanos());
            }
        }
    }

    /**
     * Whether an exception reports a conflict with another writer: an exception of the store, anywhere among its causes, that is
     * {@linkplain MeowmxException#isRetryable() retryable}; if there is none of the store, contention in the database.
     */
    public static boolean isConflict(Throwable thrown) {
        return Causes.tree(Required.present("thrown", thrown))
                .filter(MeowmxException.class::isInstance)
                .map(ofTheStore -> ((MeowmxException) ofTheStore).isRetryable())
                .findFirst()
                .orElseGet(() -> SqlState.contention(thrown).isPresent());
    }
}
