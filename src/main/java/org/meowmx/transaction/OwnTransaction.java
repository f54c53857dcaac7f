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

/** Runs work in a JTA transaction of its own, beside any that the caller has. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class OwnTransaction {

    @Inject
    Bracket bracket;

    /**
     * Runs work and commits; anything thrown rolls it back.
     *
     * @throws TransactionalException when it was not committed: the work marked it for rollback only, the commit failed, or its
     *     answer was lost
     */
    public <T> T run(Supplier<T> work) {
        try {
            return bracket.run(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // what a commit throws is checked, and interceptors let it through though no method declares it
            throw new TransactionalException(
                    "The transaction was not committed, or the answer to its commit was lost", e);
        }
    }

    /** A bean apart, because an interceptor does not see a bean's calls to itself. */
    @ApplicationScoped
    static class Bracket {

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        TransactionSynchronizationRegistry registry;

        /** Made when the application starts: some servers find what it needs only from the application's own threads. */
        void start(@Observes Startup event) {}

        @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Throwable.class)
        <T> T run(Supplier<T> work) {
            T result = work.get();
            if (registry.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK) {
                // the interceptor would roll it back without a word
                throw new TransactionalException(
                        "The transaction was marked for rollback only, so nothing of it is kept", null);
            }
            return result;
        }
    }
}
