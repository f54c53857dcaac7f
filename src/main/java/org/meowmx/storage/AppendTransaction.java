package org.meowmx.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.meowmx.AppendResult;
import org.meowmx.EventIdConflictException;
import org.meowmx.StreamAppend;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/** Appends to one or more streams, all or nothing: in the caller's transaction, or in a new one if the caller has none. */
final class AppendTransaction {

    private final BatchFactory factory;
    private final DerivedIds derivedIds;
    private final Appender appender;
    private final InlineObservers observers;
    private final CurrentTransaction current;
    private final OwnTransaction own;
    private final CommittedAppends committed;
    private final SharedAppends shared;

    AppendTransaction(
            BatchFactory factory,
            DerivedIds derivedIds,
            Appender appender,
            InlineObservers observers,
            CurrentTransaction current,
            OwnTransaction own,
            CommittedAppends committed,
            SharedAppends shared) {
        this.factory = factory;
        this.derivedIds = derivedIds;
        this.appender = appender;
        this.observers = observers;
        this.current = current;
        this.own = own;
        this.committed = committed;
        this.shared = shared;
    }

    /** One result per append, in the order of the appends. */
    List<AppendResult> append(List<StreamAppend> appends) {
        return derivedIds.append(appends, factory, this::appendChecked);
    }

    private List<AppendResult> appendChecked(List<Batch> checked) {
        Optional<String> refusal = derivedIds.refusal();
        if (refusal.isPresent()) {
            return current.isActive()
                    ? answers(appender.known(checked, refusal.get()))
                    : own.run(() -> answers(appender.known(checked, refusal.get())));
        }
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

    /** Observers of the application belong to the transaction of one caller. A known derived id would fail the whole group. */
    private boolean mayShare(List<Batch> batches) {
        return batches.size() == 1
                && current.isAbsent()
                && shared.areOn()
                && !batches.get(0).hasDerivedIds()
                && !observers.observe(batches.get(0));
    }

    /**
     * After a wrong version the caller's transaction stays usable only if nothing was written. That holds for a single append
     * that fails itself, not for several appends and not for an exception that an inline observer throws.
     */
    private List<AppendResult> appendJoined(List<Batch> batches) {
        boolean written = batches.size() > 1;
        try {
            List<Written> results = write(batches);
            List<AppendResult> stored = Written.stored(results);
            written = true;
            observers.notify(stored, given(batches));
            committed.inCurrentTransaction(stored);
            return answers(results);
        } catch (EventIdConflictException e) {
            current.setRollbackOnly();
            if (e.eventId() == null && haveDerivedIds(batches)) {
                derivedIds.noteConflict();
            }
            throw e;
        } catch (RuntimeException | Error e) {
            if (written || !(e instanceof WrongExpectedVersionException)) {
                current.setRollbackOnly();
            }
            throw e;
        }
    }

    private static boolean haveDerivedIds(List<Batch> batches) {
        return batches.stream().anyMatch(Batch::hasDerivedIds);
    }

    private static List<AppendResult> answers(List<Written> results) {
        return results.stream().map(Written::answer).toList();
    }

    /** The ids that the writer gave. */
    private static Set<UUID> given(List<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.givenIds().stream()).collect(Collectors.toUnmodifiableSet());
    }

    private List<AppendResult> appendInOwn(List<Batch> batches) {
        try {
            return own.run(() -> written(batches, write(batches)));
        } catch (EventIdConflictException e) {
            if (e.eventId() != null) {
                throw e;
            }
            return own.run(() -> again(batches, e));
        } catch (RuntimeException e) {
            throw SqlErrors.ofTransaction(e);
        }
    }

    private List<AppendResult> written(List<Batch> batches, List<Written> results) {
        observers.notify(Written.stored(results), given(batches));
        return answers(results);
    }

    private List<Written> write(List<Batch> batches) {
        return haveDerivedIds(batches) && derivedIds.areLookedUp()
                ? appender.appendUnknown(batches)
                : appender.appendAll(batches);
    }

    /**
     * Repeats an append after the database reported a known id without naming it. Returns the original events, or
     * throws the conflict with the id.
     */
    private List<AppendResult> again(List<Batch> batches, EventIdConflictException conflict) {
        if (haveDerivedIds(batches)) {
            return written(batches, appender.appendUnknown(batches));
        }
        return batches.size() == 1
                ? List.of(appender.repeat(batches.get(0)).orElseThrow(() -> conflict))
                : answers(appender.appendAll(batches));
    }
}
