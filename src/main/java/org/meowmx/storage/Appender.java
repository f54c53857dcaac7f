package org.meowmx.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meowmx.AppendResult;
import org.meowmx.ExpectedVersion;
import org.meowmx.RecordedEvent;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.serialization.EventSerializer;

/**
 * Appends one batch in the transaction at hand, or finds that it was appended before.
 *
 * <p>An expectation that can fail ({@code noStream}, {@code exactly}) finds a repeat by failing, so that the first time
 * costs one statement; {@code exactly} fails also when the version is right, as after the stream was read again, but an id is
 * known. One that cannot would append the same events again; with ids given by the writer it therefore locks
 * the stream first and looks for them in the next statement, whose snapshot is later than the wait.
 */
@ApplicationScoped
class Appender {

    @Inject
    Log log;

    @Inject
    RepeatedEvents repeated;

    @Inject
    EventReader reader;

    @Inject
    EventSerializer serializer;

    AppendResult append(Batch batch) {
        try {
            return mustLookFirst(batch) ? lookAndWrite(batch) : writeOrLook(batch);
        } catch (RuntimeException e) {
            throw SqlErrors.ofAppend(e, batch.stream());
        }
    }

    private static boolean mustLookFirst(Batch batch) {
        boolean canFail = batch.expected() instanceof ExpectedVersion.NoStream
                || batch.expected() instanceof ExpectedVersion.Exactly;
        return !canFail && batch.hasGivenIds();
    }

    private AppendResult writeOrLook(Batch batch) {
        return write(batch).orElseGet(() -> repeatOrConflict(batch));
    }

    private AppendResult lookAndWrite(Batch batch) {
        if (log.lock(batch.stream())) {
            return repeat(batch).orElseGet(() -> writeOrLook(batch));
        }
        if (batch.expected() instanceof ExpectedVersion.StreamExists) {
            return repeatOrConflict(batch);
        }
        // streams are never deleted, so one that came into being meanwhile can be locked the second time
        return write(batch.expecting(ExpectedVersion.noStream())).orElseGet(() -> lookAndWrite(batch));
    }

    private AppendResult repeatOrConflict(Batch batch) {
        return repeat(batch)
                .orElseThrow(() -> new WrongExpectedVersionException(
                        batch.stream(), batch.expected(), reader.version(batch.stream())));
    }

    private Optional<AppendResult> repeat(Batch batch) {
        return repeated.originals(batch).map(originals -> new AppendResult(originals, true));
    }

    private Optional<AppendResult> write(Batch batch) {
        return log.append(batch).map(places -> new AppendResult(recorded(batch, places), false));
    }

    private List<RecordedEvent> recorded(Batch batch, List<Place> places) {
        List<RecordedEvent> events = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            events.add(batch.recorded(i, places.get(i), serializer));
        }
        return events;
    }
}
