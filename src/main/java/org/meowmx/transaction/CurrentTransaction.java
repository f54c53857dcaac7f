package org.meowmx.transaction;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** The JTA transaction of the caller's thread, if it has one. */
@ApplicationScoped
public class CurrentTransaction {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    /** Creates the bean at start: on some servers only the application's own threads can look the registry up. */
    void start(@Observes Startup event) {}

    /** Whether the caller's thread has a transaction in which work can still be done. */
    public boolean isActive() {
        int status = registry.getTransactionStatus();
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
    }

    /** Whether the caller's thread has no transaction, not even one that is ending. */
    public boolean isAbsent() {
        return registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    }

    /** Marks the transaction for rollback. */
    public void setRollbackOnly() {
        registry.setRollbackOnly();
    }

    /**
     * Runs work in the thread that commits, after the commit. If the transaction is rolled back, the work never runs.
     *
     * <p>This is a plain synchronization: an observer of a CDI transaction phase would cost every append a request context.
     */
    public void afterCommit(Runnable work) {
        if (registry.getRollbackOnly()) {
            return;
        }
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    work.run();
                }
            }
        });
    }

    /**
     * Runs work in the thread that ends the transaction, after a rollback. If the transaction is committed, the work never runs.
     */
    public void afterRollback(Runnable work) {
        if (registry.getRollbackOnly()) {
            work.run();
            return;
        }
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_ROLLEDBACK) {
                    work.run();
                }
            }
        });
    }

    /** Runs work without a transaction. The caller's transaction, if it has one, is suspended until the work ends. */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public <T> T suspendedDuring(Supplier<T> work) {
        return work.get();
    }

    /** The registry, which keeps values for the duration of the transaction. */
    public TransactionSynchronizationRegistry registry() {
        return registry;
    }
}
