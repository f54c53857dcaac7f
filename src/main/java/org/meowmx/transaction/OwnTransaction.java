package org.meowmx.transaction;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.TransactionalException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A JTA transaction of the library's own, next to any that the caller has. */
@ApplicationScoped
public class OwnTransaction {

    @Inject
    Bracket bracket;

    /**
     * Runs work in a new transaction and commits it. If the work throws, the transaction is rolled back.
     *
     * @throws OutcomeUnknownException when the commit failed and the database did not say why, so its reply may be lost
     * @throws TransactionalException when the transaction was not committed for another reason: the work marked it for rollback,
     *     or the database refused the commit
     */
    public <T> T run(Supplier<T> work) {
        AtomicBoolean committing = new AtomicBoolean();
        try {
            return bracket.run(work, committing);
        } catch (Exception e) {
            // the exceptions of a commit are checked, and interceptors throw them although no method declares them
            if (committing.get()) {
                throw failedCommit(e);
            }
            if (e instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new TransactionalException("The transaction could not be begun, so nothing was stored", e);
        }
    }

    private static TransactionalException failedCommit(Exception thrown) {
        return SqlState.matches(thrown, state -> !SqlState.isLost(state))
                ? new TransactionalException("The database refused the commit, so nothing was stored", thrown)
                : new OutcomeUnknownException(thrown);
    }

    /** A bean of its own, because an interceptor does not see calls within a bean. */
    @ApplicationScoped
    static class Bracket {

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        TransactionSynchronizationRegistry registry;

        /** Creates the bean at start: on some servers only the application's own threads can look the registry up. */
        void start(@Observes Startup event) {}

        /** @param committing is set when the work is done and the interceptor is about to commit */
        @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Throwable.class)
        <T> T run(Supplier<T> work, AtomicBoolean committing) {
            T result = work.get();
            if (registry.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK) {
                // the interceptor would roll back silently
                throw new TransactionalException(
                        "The transaction was marked for rollback, so nothing of it was stored", null);
            }
            committing.set(true);
            return result;
        }
    }
}
