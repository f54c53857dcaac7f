package org.meowmx.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a transaction in which code of the application runs.
 *
 * @param frozenAfter how long the process may send nothing to the database; after that, PostgreSQL ends the session and releases
 *     its locks. 1 millisecond to 20 days
 * @param timeout the time after which JTA rolls the transaction back, in whole seconds, at least one; null means the server's
 *     own timeout
 */
public record TransactionLimits(
        Duration frozenAfter, @Nullable Duration timeout) {

    /** One minute without a statement; the server's own timeout. */
    public static final TransactionLimits DEFAULT = new TransactionLimits(Duration.ofMinutes(1), null);

    /** The age at which the transaction is overdue: the smaller of both limits. */
    public Duration longest() {
        return timeout != null && timeout.compareTo(frozenAfter) < 0 ? timeout : frozenAfter;
    }
}
