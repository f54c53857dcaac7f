package org.meowmx.storage;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.meowmx.AppendResult;
import org.meowmx.AroundAppend;
import org.meowmx.DataBinder;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.EventTypes;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.LogStatus;
import org.meowmx.Required;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.Times;

/** The event store that keeps its log in the application's database. */
final class DatabaseEventStore implements EventStore {

    private final AroundAppend.Proceed appending;
    private final ReadTransaction reading;
    private final EventReader reader;
    private final PageReader pages;
    private final Log log;
    private final PositionGuard guard;
    private final DataBinder binder;
    private final TimeSearch timeSearch;

    DatabaseEventStore(
            AroundAppend.Proceed appending,
            ReadTransaction reading,
            EventReader reader,
            PageReader pages,
            Log log,
            PositionGuard guard,
            DataBinder binder,
            TimeSearch timeSearch) {
        this.appending = appending;
        this.reading = reading;
        this.reader = reader;
        this.pages = pages;
        this.log = log;
        this.guard = guard;
        this.binder = binder;
        this.timeSearch = timeSearch;
    }

    @Override
    public List<AppendResult> appendAll(List<StreamAppend> appends) {
        return appending.append(Required.elements("appends", appends));
    }

    @Override
    public EventStream read(StreamId stream, StreamRange range) {
        Required.present("stream", stream);
        Required.present("range", range);
        return reading.run(() -> reader.stream(stream, range));
    }

    @Override
    public EventStream readPage(StreamId stream, StreamRange range) {
        Required.present("stream", stream);
        Required.present("range", range);
        return reading.run(() -> reader.streamPage(stream, range));
    }

    @Override
    public LogPage readPage(LogQuery query, int size) {
        Required.present("query", query);
        if (size < 1) {
            throw new IllegalArgumentException("size must be 1 or greater, was " + size);
        }
        long known = guard.known();
        LogPage page = reading.run(log::prepareToRead, () -> pages.ofLog(query, size));
        guard.requireReached(known, page.lastPosition());
        guard.know(
                page.events()); // events up to the mark are committed, also in a caller's transaction that has appended
        return page;
    }

    @Override
    public long highWaterMark() {
        return reading.run(log::prepareToRead, this::end).highWaterMark();
    }

    @Override
    public long positionBefore(Instant time) {
        Instant first = Times.atOrAfter(Required.present("time", time));
        return reading.run(log::prepareToRead, () -> timeSearch.positionBefore(first, end().highWaterMark()));
    }

    @Override
    public Set<String> storedTypes(Class<?> family) {
        return binder.storedTypes(EventTypes.of(family));
    }

    private LogEnd end() {
        long known = guard.known();
        LogEnd end = log.end();
        guard.requireReached(known, end.lastPosition());
        return end;
    }

    @Override
    public LogStatus status() {
        long known = guard.known();
        boolean joined = reading.joins();
        LogStatus status = guard.checked(known, reading.run(log::prepareToRead, log::status));
        if (!joined) {
            // the caller's transaction would also see events of its own that it may roll back
            guard.know(status.usedPosition());
        }
        return status;
    }
}
