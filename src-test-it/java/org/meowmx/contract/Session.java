package org.meowmx.contract;

import com.arjuna.ats.jta.TransactionManager;
import jakarta.transaction.Transaction;
import java.util.function.Supplier;

/** An open transaction in which one thread works step by step, so a test controls the exact schedule. */
public final class Session {

    private final Transaction transaction;

    private Session(Transaction transaction) {
        this.transaction = transaction;
    }

    public static Session begin() {
        return checked(() -> {
            TransactionManager.transactionManager().begin();
            return new Session(TransactionManager.transactionManager().suspend());
        });
    }

    public <T> T does(Supplier<T> step) {
        return checked(() -> {
            TransactionManager.transactionManager().resume(transaction);
            try {
                return step.get();
            } finally {
                TransactionManager.transactionManager().suspend();
            }
        });
    }

    public void commit() {
        checked(() -> {
            TransactionManager.transactionManager().resume(transaction);
            TransactionManager.transactionManager().commit();
            return null;
        });
    }

    public void rollback() {
        checked(() -> {
            TransactionManager.transactionManager().resume(transaction);
            TransactionManager.transactionManager().rollback();
            return null;
        });
    }

    /** A step that may throw the exceptions of JTA. */
    private interface Step<T> {
        T run() throws Exception;
    }

    private static <T> T checked(Step<T> step) {
        try {
            return step.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
