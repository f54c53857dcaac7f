package org.meowmx.rest.live;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.LogGrowth;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.SequenceResetException;
import org.meowmx.concurrent.JvmShutdown;
import org.meowmx.concurrent.Outage;
import org.meowmx.concurrent.WakeablePoll;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.Cursor;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.transaction.ClaimTransaction;

/**
 * All clients of this node that follow the log. One task at a time polls the log and sends new events to the clients that are
 * ready. It runs after an append on this node, when a client has taken its data, and at an interval. Clients with the same
 * filter and position share one query. Usually all clients are at the end of the log. Then each filter costs one query, and no client
 * holds a thread.
 *
 * <p>On servers where writes block, a client that takes no data holds a thread. A separate executor limits these threads. Without the
 * limit, a few hundred such clients would stop requests, health checks and subscriptions until their writes time out.
 *
 * <p>Each poll checks that the log still has the events at which the clients are. If the log went back, a client would miss
 * the events that take the positions of those that it has received. It is disconnected before it receives another event.
 */
@ApplicationScoped
@ManagedExecutorDefinition(name = LiveReaders.WRITERS, maxAsync = 16)
class LiveReaders {

    static final String WRITERS = "java:module/concurrent/meowmx-live";

    private static final Logger LOG = System.getLogger(LiveReaders.class.getName());
    private static final int PAGE = 100;
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** A client that takes no data for this long is disconnected. */
    private static final Duration STALLED = Duration.ofMinutes(1);

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService executor;

    @Resource(lookup = WRITERS)
    ManagedExecutorService writers;

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    /** READ COMMITTED, whatever the data source's default is. */
    @Inject
    ClaimTransaction transaction;

    @Inject
    Settings settings;

    private final Set<LiveReader> readers = ConcurrentHashMap.newKeySet();
    private final WakeablePoll poll = new WakeablePoll(this::pollOnce, INTERVAL, Duration.ZERO);
    private volatile @Nullable JvmShutdown jvmShutdown;
    private volatile boolean stopped;
    private final Outage outage = new Outage(
            LOG,
            "The log could not be read for clients that follow it. They wait, and the read is repeated every %d ms. Check that the database is reachable"
                    .formatted(INTERVAL.toMillis()),
            "The log can be read again for clients that follow it");

    void start(@Observes Startup event) {
        jvmShutdown = JvmShutdown.run(this::disconnectAll);
        poll.start(executor);
    }

    void stop(@Observes Shutdown event) {
        poll.stop();
        JvmShutdown forgotten = jvmShutdown;
        if (forgotten != null) {
            forgotten.close();
        }
        disconnectAll();
    }

    /** Disconnects all clients, and accepts no further one. */
    private void disconnectAll() {
        stopped = true;
        readers.forEach(LiveReader::close);
        readers.clear();
    }

    /** @throws ProblemException if the limit of clients is reached, or the server is stopping */
    void requireRoom() {
        if (stopped) {
            throw new ProblemException(Problem.of(ProblemType.UNAVAILABLE, "The server is stopping"));
        }
        int maxReaders = settings.get(Keys.LIVE_MAX_READERS);
        if (readers.size() >= maxReaders) {
            throw new ProblemException(Problem.of(
                    ProblemType.UNAVAILABLE,
                    "%d clients already follow the log on this node. Try again later, follow it on another node, or let the operator raise meowmx.rest.live.max-readers"
                            .formatted(maxReaders)));
        }
    }

    /** Sends events to a client until it disconnects. */
    void add(LogQuery query, Cursor cursor, AsyncContext connection) throws IOException {
        LiveReader reader = new LiveReader(query, cursor, connection, this::wake);
        reader.start();
        readers.add(reader);
        if (stopped) {
            reader.close();
        }
        wake();
    }

    void grown(@Observes LogGrowth growth) {
        wake();
    }

    /** Polls as soon as a thread is free. Calls that arrive before then share one poll. */
    private void wake() {
        if (!readers.isEmpty()) {
            poll.wake(executor);
        }
    }

    private void pollOnce() {
        try {
            readers.removeIf(LiveReader::isGone);
            if (!readers.isEmpty()) {
                try {
                    sendNews();
                } finally {
                    // heartbeats need no database; without them, proxies would close the connections during an outage
                    sendHeartbeats();
                }
                outage.worked();
            }
        } catch (Throwable e) {
            outage.failed(e);
        }
    }

    private void sendNews() {
        List<LiveReader> ready = readers.stream().filter(LiveReader::isReady).toList();
        if (ready.isEmpty()) {
            return;
        }
        Set<Cursor> cursors = ready.stream().map(LiveReader::cursor).collect(Collectors.toSet());
        Poll poll = transaction.run(() -> poll(cursors));
        disconnect(ready.stream()
                .filter(reader -> poll.lost().contains(reader.cursor()))
                .toList());
        Map<Batch, List<LiveReader>> waiting = ready.stream()
                .filter(reader -> !reader.isGone())
                .filter(reader -> reader.query().after() < poll.end().position())
                .collect(Collectors.groupingBy(Batch::of));
        waiting.forEach((batch, batchReaders) -> sendNews(batch, batchReaders, poll.end()));
    }

    /**
     * The state of the log.
     *
     * @param end the newest event up to the high-water mark
     * @param lost the cursors whose event the log no longer has
     */
    private record Poll(Cursor end, Set<Cursor> lost) {}

    /** The mark is read first, because that refuses a standby. A standby may lack the newest events although the log did not go back. */
    private Poll poll(Set<Cursor> cursors) {
        long mark = markOrBeginning();
        UUID log = catalog.logId();
        Set<Cursor> lost =
                cursors.stream().filter(cursor -> !cursor.isIn(log, catalog)).collect(Collectors.toSet());
        return new Poll(Cursor.newest(log, catalog, mark), lost);
    }

    /** While the sequence of positions is set back, nothing is sent, but readers whose event is gone are disconnected. */
    private long markOrBeginning() {
        try {
            return events.highWaterMark();
        } catch (SequenceResetException e) {
            return 0;
        }
    }

    /** The newest event up to the high-water mark. */
    Cursor end() {
        return transaction.run(() -> Cursor.newest(catalog.logId(), catalog, events.highWaterMark()));
    }

    /** The filter and position that readers of the same events share. */
    private record Batch(LogQuery query, Cursor cursor) {
        static Batch of(LiveReader reader) {
            return new Batch(reader.query(), reader.cursor());
        }
    }

    private void sendNews(Batch batch, List<LiveReader> ready, Cursor end) {
        try {
            transaction
                    .run(() -> page(batch, end))
                    .ifPresentOrElse(page -> send(page, ready, end), () -> disconnect(ready));
        } catch (RuntimeException e) {
            // a query that fails must not stop the others
            LOG.log(Level.DEBUG, "Live readers were disconnected because their query failed; they will reconnect", e);
            ready.forEach(LiveReader::close);
        }
    }

    /**
     * The next events up to the end of the log. One server answers the check and the query in one transaction, so no restore
     * can happen between them.
     *
     * @return empty if the log no longer has the event at which the readers are
     */
    private Optional<LogPage> page(Batch batch, Cursor end) {
        return batch.cursor().isIn(catalog.logId(), catalog)
                ? Optional.of(events.readPage(batch.query().upTo(end.position()), PAGE))
                : Optional.empty();
    }

    private void send(LogPage page, List<LiveReader> ready, Cursor end) {
        UUID log = Objects.requireNonNull(end.log());
        List<RecordedEvent> found = page.events();
        List<byte[]> messages = found.stream()
                .map(event -> LiveReader.message(Cursor.of(log, event), event))
                .toList();
        if (page.readTo() == end.position()) {
            send(messages, ready, end);
        } else if (!found.isEmpty()) {
            send(messages, ready, Cursor.of(log, found.get(found.size() - 1)));
        }
    }

    private void send(List<byte[]> messages, List<LiveReader> ready, Cursor reached) {
        ready.stream().filter(reader -> reader.take(messages, reached)).forEach(this::write);
    }

    private static void disconnect(List<LiveReader> lost) {
        if (!lost.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "The log went back: it no longer has the event at which {0} live readers are. It was restored from a backup, "
                            + "a failover lost events, or its id was changed. They are disconnected, and refused with 409 until they "
                            + "start again from a position that they trust",
                    lost.size());
            lost.forEach(LiveReader::close);
        }
    }

    private void write(LiveReader reader) {
        writers.execute(reader::onWritePossible);
    }

    private void sendHeartbeats() {
        Duration heartbeat = settings.get(Keys.LIVE_HEARTBEAT);
        readers.stream()
                .filter(reader -> !reader.isReady() && reader.isSilentFor(STALLED))
                .forEach(LiveReader::close);
        List<LiveReader> silent = readers.stream()
                .filter(reader -> reader.isReady() && reader.isSilentFor(heartbeat))
                .toList();
        silent.forEach(reader -> {
            reader.takeHeartbeat();
            write(reader);
        });
    }
}
