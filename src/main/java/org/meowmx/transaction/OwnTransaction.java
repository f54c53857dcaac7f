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
import java.util.function.Supplier;

/** A JTA transaction of the library's own, next to any that the caller has. */
@ApplicationScoped
public class OwnTransaction {

    @Inject
    Bracket bracket;

    /**
     * Runs work in a new transaction and commits it. If the work throws, the transaction is rolled back.
     *
     * @throws TransactionalException when the transaction was not committed: the work marked it for rollback, the commit failed,
     *     or the reply to the commit was lost
     */
    public <T> T run(Supplier<T> work) {
        try {
            return bracket.run(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // the exceptions of a commit are checked, and interceptors throw them although no method declares them
            throw new TransactionalException(
                    "The transaction was not committed, or the reply to its commit was lost", e);
        }
    }

    /** A bean of its own, because an interceptor does not see calls within a bean. */
    @ApplicationScoped
    static class Bracket {

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        TransactionSynchronizationRegistry registry;

        /** Creates the bean at start: on some servers only the application's own threads can look the registry up. */
        void start(@Observes Startup event) {}

        @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Throwable.class)
        <T> T run(Supplier<T> work) {
            T result = work.get();
            if (registry.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK) {
                // the interceptor would roll back silently
                throw new TransactionalException(
                        "The transaction was marked for rollback, so nothing of it was stored", null);
            }
            return result;
        }
    }
}
