package org.meowmx.aggregate;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meowmx.JsonBinding;
import org.meowmx.StreamId;

/** The snapshots of one repository. */
final class SnapshotKeeper<S, R extends Record> {

    private static final Logger LOG = System.getLogger(SnapshotKeeper.class.getName());

    private final Snapshots<S, R> settings;
    private final String kind;
    private final SnapshotTable table;
    private final SnapshotTaker taker;
    private final JsonBinding json;
    private volatile boolean lossy;

    SnapshotKeeper(Snapshots<S, R> settings, SnapshotTable table, SnapshotTaker taker, JsonBinding json) {
        this.settings = settings;
        this.kind = settings.kind();
        this.table = table;
        this.taker = taker;
        this.json = json;
    }

    /** The key of a requested snapshot: one per stream and kind. */
    private record Wanted(StreamId stream, String kind) {

        @Override
        public String toString() {
            return stream + " as " + kind;
        }
    }

    Optional<SnapshotTable.Row> find(StreamId stream, long upTo) {
        return table.find(stream, kind, upTo);
    }

    /** The state in a row; null if it cannot be read, and the caller then folds all events. */
    @Nullable
    S state(StreamId stream, SnapshotTable.Row row) {
        try {
            return settings.restore().apply(json.read(row.data(), settings.type()));
        } catch (RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    "The snapshot of %s cannot be read as %s, as after a change of the class; its state is read from all events, and a new snapshot replaces it"
                            .formatted(stream, kind),
                    e);
            return null;
        }
    }

    /**
     * Requests a snapshot if the load was expensive.
     *
     * @param again folds the committed state, later and in another thread
     */
    void loaded(StreamId stream, Fold<S> load, Duration time, Supplier<Fold<S>> again) {
        if (!lossy && settings.due().isAfter(load.events(), time)) {
            taker.ask(new Wanted(stream, kind), () -> keep(stream, again.get()));
        }
    }

    private void keep(StreamId stream, Fold<S> committed) {
        if (committed.lastEvent() == null || committed.events() == 0 || lossy) {
            return;
        }
        R record = settings.keep().apply(committed.state());
        String data = json.write(record);
        if (json.read(data, settings.type()).equals(record)) {
            SnapshotTable.Row row = new SnapshotTable.Row(committed.version(), committed.lastEvent(), data);
            table.put(stream, kind, row, committed.passedOver());
        } else {
            lossy = true;
            LOG.log(
                    Level.WARNING,
                    "A snapshot of {0} was not kept, because a record read from its JSON is not equal to the record written. Its snapshots are off until the next start, and each load reads all events. Correct the JSON mapping or the equals method of the record",
                    settings.type().getName());
        }
    }
}
