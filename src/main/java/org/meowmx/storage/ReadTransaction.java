package org.meowmx.storage;

import java.util.function.Supplier;
import org.meowmx.IsolationException;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/** The transaction of a read: the caller's, or a short one if the caller has none. */
final class ReadTransaction {

    private final CurrentTransaction current;
    private final OwnTransaction own;

    /** Whether the sessions of the data source begin transactions at a stricter level. False until one does. */
    private volatile boolean beginStricter;

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
     * Reads at READ COMMITTED. In a transaction that begins here, the level is set only if the sessions of the data source
     * begin with a stricter one. The first read that is refused shows that.
     *
     * @param prepare sets the level; it fails in a transaction that has already done work
     * @throws IsolationException if the caller's transaction has a stricter level
     */
    <T> T run(Runnable prepare, Supplier<T> read) {
        if (current.isActive()) {
            return read.get();
        }
        if (!beginStricter) {
            try {
                return own.run(read);
            } catch (IsolationException e) {
                beginStricter = true;
            }
        }
        return own.run(() -> {
            prepare.run();
            return read.get();
        });
    }
}
