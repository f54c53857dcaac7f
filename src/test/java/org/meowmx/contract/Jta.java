package org.meowmx.contract;

import com.arjuna.ats.jta.UserTransaction;
import java.util.function.Supplier;

/** JTA transactions by hand, as a caller's {@code @Transactional} method would have them. */
final class Jta {

    private Jta() {}

    static <T> T committed(Supplier<T> work) {
        return run(work, true);
    }

    static <T> T rolledBack(Supplier<T> work) {
        return run(work, false);
    }

    private static <T> T run(Supplier<T> work, boolean commit) {
        var transaction = UserTransaction.userTransaction();
        boolean done = false;
        try {
            transaction.begin();
            T result = work.get();
            done = true;
            if (commit) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
            return result;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    private static void rollback() {
        try {
            UserTransaction.userTransaction().rollback();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
