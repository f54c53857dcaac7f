package org.meowmx.rest.live;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.EventsAppended;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.concurrent.Coalesced;
import org.meowmx.concurrent.JvmShutdown;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;

/**
 * All clients of this node that follow the log. One task at a time polls the log and sends new events to the clients that are
 * ready. It runs after an append on this node, when a client has taken its data, and at an interval. Clients with the same
 * filter and position share one query. In the usual case all clients are at the end of the log: then each filter costs one
 * query, and no client holds a thread.
 */
@ApplicationScoped
class LiveReaders {

    private static final Logger LOG = System.getLogger(LiveReaders.class.getName());
    private static final int PAGE = 100;
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** A client that takes no data for this long is disconnected. */
    private static final Duration STALLED = Duration.ofMinutes(1);

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService executor;

    @Inject
    EventStore events;

    @Inject
    Settings settings;

    private final Set<LiveReader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Coalesced polling = new Coalesced(this::pollOnce);
    private volatile @Nullable ScheduledFuture<?> schedule;
    private volatile @Nullable JvmShutdown jvmShutdown;
    private volatile boolean stopped;
    private volatile boolean failing;

    void start(@Observes Startup event) {
        jvmShutdown = JvmShutdown.run(this::disconnectAll);
        schedule = executor.scheduleWithFixedDelay(
                this::poll, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes Shutdown event) {
        ScheduledFuture<?> ending = schedule;
        if (ending != null) {
            ending.cancel(false);
        }
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
                    "%d clients already follow the log on this node (meowmx.rest.live.max-readers)"
                            .formatted(maxReaders)));
        }
    }

    /** Sends events to a client until it disconnects. */
    void add(LogQuery query, UUID log, AsyncContext connection) throws IOException {
        LiveReader reader = new LiveReader(query, log, connection, this::wake);
        reader.start();
        readers.add(reader);
        if (stopped) {
            reader.close();
        }
        wake();
    }

    void appended(@Observes(during = TransactionPhase.AFTER_SUCCESS) EventsAppended appended) {
        wake();
    }

    /** Polls as soon as a thread is free. Calls that arrive before then share one poll. */
    private void wake() {
        if (!readers.isEmpty() && woken.compareAndSet(false, true)) {
            try {
                executor.execute(this::poll);
            } catch (RejectedExecutionException e) {
                woken.set(false);
            }
        }
    }

    private void poll() {
        woken.set(false);
        polling.run();
    }

    private void pollOnce() {
        try {
            readers.removeIf(LiveReader::isGone);
            if (!readers.isEmpty()) {
                sendNews();
                sendHeartbeats();
            }
            failing = false;
        } catch (Throwable e) {
            LOG.log(
                    failing ? Level.DEBUG : Level.WARNING,
                    "The log could not be read for live readers; retrying in %d ms".formatted(INTERVAL.toMillis()),
                    e);
            failing = true;
        }
    }

    private void sendNews() {
        long mark = events.highWaterMark();
        Map<LogQuery, List<LiveReader>> waiting = readers.stream()
                .filter(LiveReader::isReady)
                .filter(reader -> reader.query().after() < mark)
                .collect(Collectors.groupingBy(LiveReader::query));
        waiting.forEach(this::sendNews);
    }

    private void sendNews(LogQuery query, List<LiveReader> ready) {
        try {
            LogPage page = events.readPage(query, PAGE);
            UUID log = ready.get(0).log();
            List<byte[]> messages = page.events().stream()
                    .map(event -> LiveReader.message(log, event))
                    .toList();
            ready.stream()
                    .filter(reader -> reader.take(messages, page.readTo()))
                    .forEach(this::write);
        } catch (RuntimeException e) {
            // a query that fails must not stop the others
            LOG.log(Level.DEBUG, "Live readers were disconnected because their query failed; they will reconnect", e);
            ready.forEach(LiveReader::close);
        }
    }

    private void write(LiveReader reader) {
        executor.execute(reader::onWritePossible);
    }

    private void sendHeartbeats() {
        Duration heartbeat = settings.get(Keys.LIVE_HEARTBEAT);
        readers.stream()
                .filter(reader -> !reader.isReady() && reader.isSilentFor(STALLED))
                .forEach(LiveReader::close);
        List<LiveReader> silent = readers.stream()
                .filter(reader -> reader.isReady() && reader.isSilentFor(heartbeat))
                .toList();
        if (!silent.isEmpty()) {
            long newest = newest();
            silent.forEach(reader -> {
                reader.takeHeartbeat(newest);
                write(reader);
            });
        }
    }

    /** The position of the newest event up to the high-water mark; 0 if the log is empty. */
    long newest() {
        return events.readPage(LogQuery.all().backwards(), 1).events().stream()
                .mapToLong(RecordedEvent::position)
                .findFirst()
                .orElse(0);
    }
}
