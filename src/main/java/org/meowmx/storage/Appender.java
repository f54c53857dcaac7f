package org.meowmx.storage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.AppendResult;
import org.meowmx.DataBinder;
import org.meowmx.ExpectedVersion;
import org.meowmx.NotServingException;
import org.meowmx.RecordedEvent;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.storage.Decision.Verdict;

/**
 * Appends batches in the current transaction, or finds that they were appended before.
 *
 * <p>With {@code noStream} and {@code exactly}, a repeat does not meet the expected version. So the first append costs one statement,
 * and the ids are searched for only after a failure. {@code exactly} also fails if the version is right but the log has one of the ids,
 * for example because the writer has read the stream again.
 *
 * <p>{@code any} and {@code streamExists} do not fail for a repeat and would append the same events again. If the writer gave ids,
 * these two therefore lock the stream first and search for the ids in the next statement. Its snapshot is later than the wait for the
 * lock, so it sees what the other writer committed.
 *
 * <p>For several streams, {@link GroupStatement} does all of this in one message.
 *
 * <p>Derived ids are usually new, so an append does not search for them, and the unique index refuses those that the log has. They are
 * searched for after a wrong version, or before the append if the caller requests it. The log may have a part of a batch with derived
 * ids. For that part the answer has the original events, whatever their data are. The other events are appended at the end of the
 * stream, because the expected version was checked when the first part was stored.
 */
final class Appender {

    private final Log log;
    private final RepeatedEvents repeated;
    private final EventReader reader;
    private final DataBinder binder;
    private final PositionGuard guard;
    private final AppendErrors errors;

    Appender(
            Log log,
            RepeatedEvents repeated,
            EventReader reader,
            DataBinder binder,
            PositionGuard guard,
            AppendErrors errors) {
        this.log = log;
        this.repeated = repeated;
        this.reader = reader;
        this.binder = binder;
        this.guard = guard;
        this.errors = errors;
    }

    Written append(Batch batch) {
        try {
            return mustSearchFirst(batch) ? searchAndWrite(batch) : writeOrSearch(batch);
        } catch (RuntimeException e) {
            throw errors.of(e, List.of(batch));
        }
    }

    /**
     * Appends all batches of a group or none.
     *
     * @return one result per batch, in the order of the group
     */
    List<Written> append(BatchGroup group) {
        try {
            return writeOrSearch(group);
        } catch (RuntimeException e) {
            throw errors.of(e, group.batches());
        }
    }

    /**
     * Searches for derived ids, and appends the events that the log does not have, in all batches or in none.
     *
     * @return one result per batch, in their order
     */
    List<Written> appendUnknown(List<Batch> batches) {
        Map<UUID, RecordedEvent> known = repeated.derived(batches);
        List<Batch> rests = batches.stream()
                .map(batch -> unknownOf(batch, known))
                .filter(rest -> rest.size() > 0)
                .toList();
        Iterator<Written> written = appendAll(rests).iterator();
        return batches.stream()
                .map(batch ->
                        Written.partly(batch, known, unknownOf(batch, known).size() > 0 ? written.next() : null))
                .toList();
    }

    /**
     * Finds events that the log has already, and stores nothing.
     *
     * @param refusal why nothing may be stored
     * @return one result per batch, in their order
     * @throws NotServingException if the log lacks an event
     */
    List<Written> known(List<Batch> batches, String refusal) {
        Map<UUID, RecordedEvent> known = repeated.derived(batches);
        return batches.stream()
                .map(batch -> {
                    Batch rest = batch.without(known.keySet());
                    return Written.partly(
                            batch,
                            known,
                            rest.size() == 0
                                    ? null
                                    : repeat(rest)
                                            .map(Written::of)
                                            .orElseThrow(() -> new NotServingException(batch.stream(), refusal)));
                })
                .toList();
    }

    /** Appends one or more batches, all or none. */
    List<Written> appendAll(List<Batch> batches) {
        return switch (batches.size()) {
            case 0 -> List.of();
            case 1 -> List.of(append(batches.get(0)));
            default -> append(BatchGroup.oneAfterTheOther(batches));
        };
    }

    /** The events of a batch that the log does not have. If the log has the other events, the expected version was checked for those. */
    private static Batch unknownOf(Batch batch, Map<UUID, RecordedEvent> known) {
        Batch rest = batch.without(known.keySet());
        return rest.size() == batch.size() ? batch : rest.expecting(ExpectedVersion.any());
    }

    /**
     * The database writes nothing if one batch of the group cannot be written. If that batch is a repeat, the others are tried again
     * without it. Otherwise the append fails.
     */
    private List<Written> writeOrSearch(BatchGroup group) {
        List<Decision> decisions = write(group);
        List<@Nullable Written> results = new ArrayList<>();
        List<Integer> remaining = new ArrayList<>();
        for (int index : group.indexes()) {
            Batch batch = group.batches().get(index);
            Decision decision = decisions.get(index);
            if (decision.is(Verdict.POSSIBLE)) {
                remaining.add(index);
                results.add(null);
            } else {
                results.add(
                        decision.is(Verdict.WRITTEN)
                                ? Written.of(result(batch, decision.places()))
                                : repeatOrConflict(batch));
            }
        }
        if (!remaining.isEmpty()) {
            List<Written> others = writeOrSearch(group.only(remaining));
            for (int i = 0; i < others.size(); i++) {
                results.set(remaining.get(i), others.get(i));
            }
        }
        return results;
    }

    private List<Decision> write(BatchGroup group) {
        long known = guard.known();
        List<Decision> decisions = log.appendAll(group);
        decisions.stream()
                .filter(decision -> decision.is(Verdict.WRITTEN))
                .forEach(decision ->
                        guard.requireAbove(known, decision.places().get(0).position()));
        return decisions;
    }

    private static boolean mustSearchFirst(Batch batch) {
        boolean canFail = batch.expected() instanceof ExpectedVersion.NoStream
                || batch.expected() instanceof ExpectedVersion.Exactly;
        return !canFail && batch.hasGivenIds();
    }

    private Written writeOrSearch(Batch batch) {
        return write(batch).orElseGet(() -> repeatOrConflict(batch));
    }

    private Written searchAndWrite(Batch batch) {
        if (log.lock(batch.stream())) {
            return repeat(batch).map(Written::of).orElseGet(() -> writeOrSearch(batch));
        }
        if (batch.expected() instanceof ExpectedVersion.StreamExists) {
            return repeatOrConflict(batch);
        }
        // streams are never deleted, so the second attempt locks a stream that another writer has created meanwhile
        return write(batch.expecting(ExpectedVersion.noStream())).orElseGet(() -> searchAndWrite(batch));
    }

    private Written repeatOrConflict(Batch batch) {
        Map<UUID, RecordedEvent> known = batch.hasDerivedIds() ? repeated.derived(List.of(batch)) : Map.of();
        if (!known.isEmpty()) {
            Batch rest = unknownOf(batch, known);
            return Written.partly(batch, known, rest.size() > 0 ? append(rest) : null);
        }
        return repeat(batch)
                .map(Written::of)
                .orElseThrow(() -> new WrongExpectedVersionException(
                        batch.stream(), batch.expected(), reader.version(batch.stream())));
    }

    /** The result of the first append, if this batch repeats one. */
    Optional<AppendResult> repeat(Batch batch) {
        return repeated.originals(batch).map(originals -> new AppendResult(originals, true));
    }

    private Optional<Written> write(Batch batch) {
        long known = guard.known();
        return log.append(batch).map(places -> {
            guard.requireAbove(known, places.get(0).position());
            return Written.of(result(batch, places));
        });
    }

    /** The result of a batch that was written. */
    AppendResult result(Batch batch, List<Place> places) {
        List<RecordedEvent> events = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            events.add(EventColumns.recorded(batch.stream(), batch.events().get(i), places.get(i), binder));
        }
        return new AppendResult(events, false);
    }
}
