package org.meowmx.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.meowmx.AppendResult;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.LogStatus;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/** The event store that keeps its log in the application's database: joins or begins the transaction. */
@ApplicationScoped
class DatabaseEventStore implements EventStore {

    /** By UTF-16 code units; any order will do, as long as all writers lock their streams in the same one. */
    private static final Comparator<Batch> LOCK_ORDER = Comparator.comparing(
            Batch::stream, Comparator.comparing(StreamId::category).thenComparing(StreamId::id));

    @Inject
    BatchFactory batches;

    @Inject
    Appender appender;

    @Inject
    RepeatedEvents repeated;

    @Inject
    InlineObservers observers;

    @Inject
    EventReader reader;

    @Inject
    PageReader pages;

    @Inject
    Log log;

    @Inject
    CurrentTransaction transactions;

    @Inject
    OwnTransaction own;

    @Override
    public List<AppendResult> appendAll(List<StreamAppend> appends) {
        List<Batch> given = batches.of(appends);
        List<Batch> sorted = given.stream().sorted(LOCK_ORDER).toList();
        Map<StreamId, AppendResult> results = transactions.isActive() ? appendJoined(sorted) : appendInOwn(sorted);
        return given.stream().map(batch -> result(results, batch)).toList();
    }

    private static AppendResult result(Map<StreamId, AppendResult> results, Batch batch) {
        AppendResult result = results.get(batch.stream());
        if (result == null) {
            throw new IllegalStateException("No result for stream " + batch.stream());
        }
        return result;
    }

    /** The transaction goes on after a wrong version only where nothing was written: by one append, not by what observes it. */
    private Map<StreamId, AppendResult> appendJoined(List<Batch> batches) {
        boolean written = batches.size() > 1;
        try {
            Map<StreamId, AppendResult> results = write(batches);
            written = true;
            observers.tell(List.copyOf(results.values()));
            return results;
        } catch (RuntimeException | Error e) {
            if (written || !(e instanceof WrongExpectedVersionException)) {
                transactions.setRollbackOnly();
            }
            throw e;
        }
    }

    private Map<StreamId, AppendResult> appendInOwn(List<Batch> batches) {
        try {
            return own.run(() -> append(batches));
        } catch (EventIdConflictException e) {
            if (e.eventId() != null) {
                throw e;
            }
            return own.run(() -> originals(batches, e));
        } catch (RuntimeException e) {
            throw SqlErrors.ofTransaction(e);
        }
    }

    private Map<StreamId, AppendResult> append(List<Batch> batches) {
        Map<StreamId, AppendResult> results = write(batches);
        observers.tell(List.copyOf(results.values()));
        return results;
    }

    private Map<StreamId, AppendResult> write(List<Batch> batches) {
        Map<StreamId, AppendResult> results = new LinkedHashMap<>();
        batches.forEach(batch -> results.put(batch.stream(), appender.append(batch)));
        return results;
    }

    /** The database found an id in the log after the version had been right: a repeat, or a conflict to be named. */
    private Map<StreamId, AppendResult> originals(List<Batch> batches, EventIdConflictException conflict) {
        Map<StreamId, AppendResult> results = new LinkedHashMap<>();
        for (Batch batch : batches) {
            List<RecordedEvent> originals = repeated.originals(batch).orElseThrow(() -> conflict);
            results.put(batch.stream(), new AppendResult(originals, true));
        }
        return results;
    }

    @Override
    public EventStream read(StreamId stream, StreamRange range) {
        return inAny(() -> reader.stream(stream, range));
    }

    @Override
    public EventStream readPage(StreamId stream, StreamRange range) {
        return inAny(() -> reader.streamPage(stream, range));
    }

    /** Reads in the caller's transaction, or in a short one. */
    private <T> T inAny(Supplier<T> read) {
        return transactions.isActive() ? read.get() : own.run(read);
    }

    @Override
    public LogPage readPage(LogQuery query, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be 1 or greater, was " + size);
        }
        return afterPreparing(() -> {
            long mark = log.highWaterMark();
            return pages.ofLog(query, mark, size);
        });
    }

    @Override
    public long highWaterMark() {
        return afterPreparing(log::highWaterMark);
    }

    @Override
    public LogStatus status() {
        return afterPreparing(log::status);
    }

    /** Reads the log in the caller's transaction, or in a short one that is fit for it. */
    private <T> T afterPreparing(Supplier<T> read) {
        if (transactions.isActive()) {
            return read.get();
        }
        return own.run(() -> {
            log.prepareToRead();
            return read.get();
        });
    }
}
