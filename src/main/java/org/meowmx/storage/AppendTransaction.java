package org.meowmx.storage;

import java.util.List;
import org.meowmx.AppendResult;
import org.meowmx.EventIdConflictException;
import org.meowmx.StreamAppend;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/** Appends to one or more streams, all or nothing: in the caller's transaction, or in a new one if the caller has none. */
final class AppendTransaction {

    private final BatchFactory batches;
    private final Appender appender;
    private final InlineObservers observers;
    private final CurrentTransaction current;
    private final OwnTransaction own;
    private final PositionGuard guard;

    AppendTransaction(
            BatchFactory batches,
            Appender appender,
            InlineObservers observers,
            CurrentTransaction current,
            OwnTransaction own,
            PositionGuard guard) {
        this.batches = batches;
        this.appender = appender;
        this.observers = observers;
        this.current = current;
        this.own = own;
        this.guard = guard;
    }

    /** One result per append, in the order of the appends. */
    List<AppendResult> append(List<StreamAppend> appends) {
        LockOrder order = new LockOrder(batches.of(appends));
        List<Batch> sorted = order.batches();
        return order.toCallersOrder(current.isActive() ? appendJoined(sorted) : appendInOwn(sorted));
    }

    /**
     * After a wrong version the caller's transaction stays usable only if nothing was written. That holds for a single append
     * that fails itself, not for several appends and not for an exception that an inline observer throws.
     */
    private List<AppendResult> appendJoined(List<Batch> sorted) {
        boolean written = sorted.size() > 1;
        try {
            List<AppendResult> results = write(sorted);
            written = true;
            observers.notify(results);
            long position = highestPosition(results);
            current.afterCommit(() -> guard.know(position));
            return results;
        } catch (RuntimeException | Error e) {
            if (written || !(e instanceof WrongExpectedVersionException)) {
                current.setRollbackOnly();
            }
            throw e;
        }
    }

    private List<AppendResult> appendInOwn(List<Batch> sorted) {
        try {
            List<AppendResult> committed = own.run(() -> {
                List<AppendResult> results = write(sorted);
                observers.notify(results);
                return results;
            });
            guard.know(highestPosition(committed));
            return committed;
        } catch (EventIdConflictException e) {
            if (e.eventId() != null) {
                throw e;
            }
            return own.run(() -> originals(sorted, e));
        } catch (RuntimeException e) {
            throw SqlErrors.ofTransaction(e);
        }
    }

    private static long highestPosition(List<AppendResult> results) {
        return results.stream().mapToLong(AppendResult::position).max().orElse(0);
    }

    private List<AppendResult> write(List<Batch> sorted) {
        return sorted.stream().map(appender::append).toList();
    }

    /** After the database reported a known id without naming it: the original events, or the conflict with its id. */
    private List<AppendResult> originals(List<Batch> sorted, EventIdConflictException conflict) {
        return sorted.stream()
                .map(batch -> appender.repeat(batch).orElseThrow(() -> conflict))
                .toList();
    }
}
