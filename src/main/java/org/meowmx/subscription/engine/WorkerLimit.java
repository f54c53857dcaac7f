package org.meowmx.subscription.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.meowmx.transaction.RootCause;
import org.meowmx.transaction.SqlState;

/**
 * The number of workers of this node that run at the same time. It is not limited until a turn gets no connection from the pool.
 * Handlers that open a transaction of their own need a second connection, and many turns at once could hold all connections and wait
 * for each other. Then the limit is a quarter of the workers, at least one, for some minutes. If all goes well, the limit doubles until
 * it ends at the former number.
 */
final class WorkerLimit {

    private static final Logger LOG = System.getLogger(WorkerLimit.class.getName());

    private static final int NONE = Integer.MAX_VALUE;

    /** The time for which a limit holds before it is raised. */
    static final Duration HOLDS = Duration.ofMinutes(5);

    private final LongSupplier nanos;
    private int running;
    private int limit = NONE;

    /** The number of workers at which connections were scarce. The limit ends before it would reach this number. */
    private int tooMany;

    private long since;

    /** @param nanos a monotonic clock */
    WorkerLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether one more worker may run; the caller calls {@link #end} after it. */
    synchronized boolean tryBegin() {
        raise();
        if (running >= limit) {
            return false;
        }
        running++;
        return true;
    }

    /** A worker has ended. */
    synchronized void end() {
        running--;
    }

    /** A turn failed. If the pool had no connection for it, fewer workers run from now on. */
    synchronized void failed(Throwable thrown) {
        if (!SqlState.isPoolExhausted(thrown)) {
            return;
        }
        since = nanos.getAsLong();
        int fewer = Math.max(1, running / 4);
        if (fewer < limit) {
            tooMany = Math.max(running, limit == NONE ? 0 : tooMany);
            limit = fewer;
            LOG.log(
                    Level.WARNING,
                    "A turn got no connection from a pool: {0}. For {1}, this node runs at most {2} turns at the same time and does not listen for other nodes. If it is the pool of jdbc/meowmx, enlarge it: docs/configuration.md has the formula",
                    RootCause.line(thrown),
                    HOLDS,
                    limit);
        }
    }

    /** Whether fewer workers than usual run, because connections are scarce. */
    synchronized boolean isReduced() {
        raise();
        return limit != NONE;
    }

    private void raise() {
        if (limit != NONE && nanos.getAsLong() - since >= HOLDS.toNanos()) {
            since = nanos.getAsLong();
            limit = limit * 2 < tooMany ? limit * 2 : NONE;
        }
    }
}
