package org.meowmx.storage;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Supplier;
import org.meowmx.transaction.OwnTransaction;

/** Tells whether the caller has a JTA transaction, and gives work one of its own where it has none. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Transactions {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    @Inject
    OwnTransaction own;

    /** Whether the caller's thread is in a transaction that can still do work. */
    boolean joined() {
        int status = registry.getTransactionStatus();
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
    }

    /** Runs work in a transaction of its own; see {@link OwnTransaction#run}. */
    <T> T inOwn(Supplier<T> work) {
        return own.run(work);
    }

    void setRollbackOnly() {
        registry.setRollbackOnly();
    }
}
