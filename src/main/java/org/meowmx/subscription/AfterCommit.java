package org.meowmx.subscription;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/**
 * Runs work when the transaction at hand has committed. A plain synchronization, because an observer of a transaction phase
 * costs every append a request context of its own.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class AfterCommit {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    /** Runs it in the thread that commits; to be called in a transaction, which may be doomed already. */
    void run(Runnable work) {
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
}
