package org.meowmx.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meowmx.AppendResult;
import org.meowmx.DataBinder;
import org.meowmx.ExpectedVersion;
import org.meowmx.RecordedEvent;
import org.meowmx.WrongExpectedVersionException;

/**
 * Appends one batch in the current transaction, or finds that it was appended before.
 *
 * <p>With {@code noStream} and {@code exactly}, a repeat fails the expected version, so the first append costs one statement
 * and only the failure searches for the ids. {@code exactly} also fails if the version is right but the log has one of the ids,
 * as after the writer has read the stream again.
 *
 * <p>{@code any} and {@code streamExists} cannot fail that way and would append the same events again. If the writer gave ids,
 * these two therefore lock the stream first and search for the ids in the next statement. Its snapshot is later than the wait
 * for the lock, so it sees what the other writer committed.
 */
final class Appender {

    private final Log log;
    private final RepeatedEvents repeated;
    private final EventReader reader;
    private final DataBinder binder;

    Appender(Log log, RepeatedEvents repeated, EventReader reader, DataBinder binder) {
        this.log = log;
        this.repeated = repeated;
        this.reader = reader;
        this.binder = binder;
    }

    AppendResult append(Batch batch) {
        try {
            return mustSearchFirst(batch) ? searchAndWrite(batch) : writeOrSearch(batch);
        } catch (RuntimeException e) {
            throw SqlErrors.ofAppend(e, batch);
        }
    }

    private static boolean mustSearchFirst(Batch batch) {
        boolean canFail = batch.expected() instanceof ExpectedVersion.NoStream
                || batch.expected() instanceof ExpectedVersion.Exactly;
        return !canFail && batch.hasGivenIds();
    }

    private AppendResult writeOrSearch(Batch batch) {
        return write(batch).orElseGet(() -> repeatOrConflict(batch));
    }

    private AppendResult searchAndWrite(Batch batch) {
        if (log.lock(batch.stream())) {
            return repeat(batch).orElseGet(() -> writeOrSearch(batch));
        }
        if (batch.expected() instanceof ExpectedVersion.StreamExists) {
            return repeatOrConflict(batch);
        }
        // streams are never deleted: one that another writer has created meanwhile is locked at the second try
        return write(batch.expecting(ExpectedVersion.noStream())).orElseGet(() -> searchAndWrite(batch));
    }

    private AppendResult repeatOrConflict(Batch batch) {
        return repeat(batch)
                .orElseThrow(() -> new WrongExpectedVersionException(
                        batch.stream(), batch.expected(), reader.version(batch.stream())));
    }

    /** The result of the first append, if this batch repeats one. */
    Optional<AppendResult> repeat(Batch batch) {
        return repeated.originals(batch).map(originals -> new AppendResult(originals, true));
    }

    private Optional<AppendResult> write(Batch batch) {
        return log.append(batch).map(places -> new AppendResult(recorded(batch, places), false));
    }

    private List<RecordedEvent> recorded(Batch batch, List<Place> places) {
        List<RecordedEvent> events = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            events.add(EventColumns.recorded(batch.stream(), batch.events().get(i), places.get(i), binder));
        }
        return events;
    }
}
