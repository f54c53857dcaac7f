package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/**
 * The transaction in which an application's own code works under the claim of a subscription. It ends by itself when that
 * code takes too long or its process stands still, and it is known of as long as it lasts.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class LimitedTransaction {

    @Inject
    ReadCommitted transactions;

    @Inject
    TransactionTimeout timeout;

    @Inject
    TurnsAtHand turns;

    /** Runs it, apart from any transaction of the caller; anything thrown rolls it back. */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public <T> T run(String subscription, TurnLimits limits, Supplier<T> work) {
        return turns.during(
                subscription,
                limits,
                () -> timeout.during(limits.transactionTimeout(), () -> transactions.run(limits.frozenAfter(), work)));
    }
}
