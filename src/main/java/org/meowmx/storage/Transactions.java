package org.meowmx.storage;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.TransactionalException;
import java.util.function.Supplier;

/** Tells whether the caller has a JTA transaction, and gives work one of its own where it has none. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Transactions {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    @Inject
    Own own;

    /** Whether the caller's thread is in a transaction that can still do work. */
    boolean joined() {
        int status = registry.getTransactionStatus();
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
    }

    /**
     * Runs work in a transaction of its own, which any exception rolls back.
     *
     * @throws TransactionalException when the commit failed, or its answer was lost
     */
    <T> T inOwn(Supplier<T> work) {
        try {
            return own.run(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // what a commit throws is checked, and interceptors let it through though no method declares it
            throw new TransactionalException(
                    "The transaction was not committed, or the answer to its commit was lost", e);
        }
    }

    void setRollbackOnly() {
        registry.setRollbackOnly();
    }

    /** A bean apart, because an interceptor does not see a bean's calls to itself. */
    @ApplicationScoped
    static class Own {

        @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Throwable.class)
        <T> T run(Supplier<T> work) {
            return work.get();
        }
    }
}
