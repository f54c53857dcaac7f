package org.meowmx.storage;

import jakarta.enterprise.event.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.meowmx.AppendResult;
import org.meowmx.LogGrowth;
import org.meowmx.transaction.CurrentTransaction;

/** The work after the commit of appended events: the guard records their positions, and {@link LogGrowth} is fired. */
final class CommittedAppends {

    private static final Logger LOG = System.getLogger(CommittedAppends.class.getName());

    /** The key under which the registry keeps the appended events of the current transaction. */
    private static final Object OF_TRANSACTION = CommittedAppends.class;

    private final PositionGuard guard;
    private final CurrentTransaction current;
    private final Event<LogGrowth> growth;

    CommittedAppends(PositionGuard guard, CurrentTransaction current, Event<LogGrowth> growth) {
        this.guard = guard;
        this.current = current;
        this.growth = growth;
    }

    /** The events that a transaction has appended so far. */
    private static final class Appended {

        private final List<LogGrowth.Added> streams = new ArrayList<>();
        private long position;

        private void add(AppendResult result) {
            streams.add(
                    new LogGrowth.Added(result.stream(), result.events().get(0).type()));
            position = Math.max(position, result.position());
        }
    }

    /** To be called in the transaction that has appended. The work is done once for all its appends, after its commit. */
    void inCurrentTransaction(List<AppendResult> results) {
        List<AppendResult> fresh = fresh(results);
        if (fresh.isEmpty()) {
            return;
        }
        if (current.registry().getResource(OF_TRANSACTION) instanceof Appended known) {
            fresh.forEach(known::add);
            return;
        }
        Appended appended = new Appended();
        fresh.forEach(appended::add);
        current.registry().putResource(OF_TRANSACTION, appended);
        current.afterCommit(() -> committed(appended.streams, appended.position));
    }

    /** To be called after the commit of a transaction of the store's own. */
    void inOwnTransaction(List<AppendResult> results) {
        Appended appended = new Appended();
        fresh(results).forEach(appended::add);
        committed(appended.streams, appended.position);
    }

    private static List<AppendResult> fresh(List<AppendResult> results) {
        return results.stream().filter(result -> !result.repeated()).toList();
    }

    private void committed(List<LogGrowth.Added> streams, long position) {
        guard.know(position);
        fire(streams);
    }

    /** To be called after a commit, with the added events of the transaction. */
    void fire(List<LogGrowth.Added> streams) {
        if (streams.isEmpty()) {
            return;
        }
        try {
            growth.fire(new LogGrowth(streams));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "An observer of LogGrowth failed after a commit. The events are stored", e);
        }
    }
}
