package org.meowmx.bench;

import com.arjuna.ats.jta.UserTransaction;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/** JTA for Axon: joins the transaction of the thread, or begins one. */
final class Jta implements TransactionManager {

    private static final Transaction JOINED = new Transaction() {
        @Override
        public void commit() {}

        @Override
        public void rollback() {}
    };

    private static final Transaction OWN = new Transaction() {
        @Override
        public void commit() {
            try {
                UserTransaction.userTransaction().commit();
            } catch (SystemException | RollbackException | HeuristicMixedException | HeuristicRollbackException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void rollback() {
            try {
                UserTransaction.userTransaction().rollback();
            } catch (SystemException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    @Override
    public Transaction startTransaction() {
        try {
            if (UserTransaction.userTransaction().getStatus() != Status.STATUS_NO_TRANSACTION) {
                return JOINED;
            }
            UserTransaction.userTransaction().begin();
            return OWN;
        } catch (SystemException | NotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
