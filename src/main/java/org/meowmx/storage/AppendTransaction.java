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

    private final BatchFactory factory;
    private final Appender appender;
    private final InlineObservers observers;
    private final CurrentTransaction current;
    private final OwnTransaction own;
    private final CommittedAppends committed;
    private final SharedAppends shared;

    AppendTransaction(
            BatchFactory factory,
            Appender appender,
            InlineObservers observers,
            CurrentTransaction current,
            OwnTransaction own,
            CommittedAppends committed,
            SharedAppends shared) {
        this.factory = factory;
        this.appender = appender;
        this.observers = observers;
        this.current = current;
        this.own = own;
        this.committed = committed;
        this.shared = shared;
    }

    /** One result per append, in the order of the appends. */
    List<AppendResult> append(List<StreamAppend> appends) {
        List<Batch> checked = factory.of(appends);
        if (current.isActive()) {
            return appendJoined(checked);
        }
        if (mayShare(checked)) {
            return List.of(
                    shared.append(checked.get(0), () -> appendInOwn(checked).get(0)));
        }
        List<AppendResult> results = appendInOwn(checked);
        committed.inOwnTransaction(results);
        return results;
    }

    /** Observers of the application belong to the transaction of one caller. */
    private boolean mayShare(List<Batch> batches) {
        return batches.size() == 1 && current.isAbsent() && shared.areOn() && !observers.observe(batches.get(0));
    }

    /**
     * After a wrong version the caller's transaction stays usable only if nothing was written. That holds for a single append
     * that fails itself, not for several appends and not for an exception that an inline observer throws.
     */
    private List<AppendResult> appendJoined(List<Batch> batches) {
        boolean written = batches.size() > 1;
        try {
            List<AppendResult> results = write(batches);
            written = true;
            observers.notify(results);
            committed.inCurrentTransaction(results);
            return results;
        } catch (RuntimeException | Error e) {
            if (written || !(e instanceof WrongExpectedVersionException)) {
                current.setRollbackOnly();
            }
            throw e;
        }
    }

    private List<AppendResult> appendInOwn(List<Batch> batches) {
        try {
            return own.run(() -> {
                List<AppendResult> written = write(batches);
                observers.notify(written);
                return written;
            });
        } catch (EventIdConflictException e) {
            if (e.eventId() != null) {
                throw e;
            }
            return own.run(() -> batches.size() == 1 ? List.of(original(batches.get(0), e)) : write(batches));
        } catch (RuntimeException e) {
            throw SqlErrors.ofTransaction(e);
        }
    }

    private List<AppendResult> write(List<Batch> batches) {
        return batches.size() == 1
                ? List.of(appender.append(batches.get(0)))
                : appender.append(BatchGroup.oneAfterTheOther(batches));
    }

    /** After the database reported a known id without naming it: the original events, or the conflict with its id. */
    private AppendResult original(Batch batch, EventIdConflictException conflict) {
        return appender.repeat(batch).orElseThrow(() -> conflict);
    }
}
