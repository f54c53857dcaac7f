package org.meowmx.storage;

import java.util.function.Supplier;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/** The transaction of a read: the caller's, or a short one if the caller has none. */
final class ReadTransaction {

    private final CurrentTransaction current;
    private final OwnTransaction own;

    ReadTransaction(CurrentTransaction current, OwnTransaction own) {
        this.current = current;
        this.own = own;
    }

    /** Whether a read would join the caller's transaction. */
    boolean joins() {
        return current.isActive();
    }

    <T> T run(Supplier<T> read) {
        return current.isActive() ? read.get() : own.run(read);
    }

    /**
     * Reads after preparing the transaction.
     *
     * @param prepare runs only in a transaction that begins here: it is too late in one that has already done work
     */
    <T> T run(Runnable prepare, Supplier<T> read) {
        if (current.isActive()) {
            return read.get();
        }
        return own.run(() -> {
            prepare.run();
            return read.get();
        });
    }
}
