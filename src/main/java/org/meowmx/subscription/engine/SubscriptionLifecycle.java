package org.meowmx.subscription.engine;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.meowmx.LogGrowth;
import org.meowmx.concurrent.JvmShutdown;
import org.meowmx.subscription.engine.cluster.SignalListener;
import org.meowmx.subscription.engine.cluster.SignalSender;
import org.meowmx.subscription.engine.declaration.NodeSettings;

/**
 * Starts the engine with the application and stops it: creates checkpoints, runs poller and signal listener, and wakes
 * both this node and its peers after appends.
 */
@ApplicationScoped
class SubscriptionLifecycle {

    private static final Logger LOG = System.getLogger(SubscriptionLifecycle.class.getName());

    /** The pause between two runs of the signal listener. */
    private static final Duration LISTENER_PAUSE = Duration.ofMillis(20);

    /** Created by the thread that starts the application: on some servers, other threads cannot look up JNDI names. */
    @Inject
    SubscriptionEngine engine;

    private volatile @Nullable Poller poller;
    private volatile @Nullable SignalSender sender;
    private volatile @Nullable SignalListener listener;
    private volatile @Nullable JvmShutdown jvmShutdown;
    private boolean stopped;
    private final List<ScheduledFuture<?>> schedules = new CopyOnWriteArrayList<>();

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) Startup event) {
        engine.creation.createAbsent();
        Optional<String> channel = engine.signals.channel();
        sender = channel.map(this::senderTo).orElse(null);
        engine.runtime.whenChanged(() -> declared(channel));
        if (!engine.registry.names().isEmpty()) {
            declared(channel);
        }
    }

    /** Starts the poll loop with the first subscription, which may be declared at run time; not after the shutdown. */
    private synchronized void declared(Optional<String> channel) {
        Poller running = poller;
        if (stopped) {
            return;
        }
        if (running == null) {
            run(channel);
        } else {
            running.wake();
        }
    }

    private void run(Optional<String> channel) {
        NodeSettings settings = engine.registry.node();
        if (!settings.enabled()) {
            return;
        }
        schedules.addAll(engine.registration.start(engine.executor));
        engine.watchdog.start();
        Poller started = engine.poller(settings.pollInterval());
        poller = started;
        jvmShutdown = JvmShutdown.run(started::stop);
        schedules.add(started.start());
        channel.ifPresent(
                name -> engine.signals.dataSource().ifPresent(dataSource -> listen(dataSource, name, started)));
    }

    private SignalSender senderTo(String channel) {
        return new SignalSender(() -> engine.signals.send(channel), engine.executor);
    }

    private void listen(DataSource dataSource, String channel, Poller woken) {
        Duration interval = engine.registry.node().pollInterval();
        SignalListener.Loop loop = new SignalListener.Loop(
                woken::wake,
                () -> engine.watchdog.isStarving(interval) || engine.workerLimit.isReduced(),
                () -> engine.watchdog.isQuerying() || engine.workerLimit.isReduced(),
                woken::isStopped);
        SignalListener started = new SignalListener(dataSource, channel, engine.signals, loop);
        listener = started;
        schedules.add(
                engine.executor.scheduleWithFixedDelay(started, 0, LISTENER_PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Starts the workers of segments that request what this node has appended, and wakes the other nodes. */
    void grown(@Observes LogGrowth growth) {
        Poller woken = poller;
        if (woken != null) {
            woken.appended(growth.streams());
        }
        SignalSender peers = sender;
        if (peers != null) {
            peers.send();
        }
    }

    /** Lets running turns end, within the configured time limit. */
    void stop(@Observes Shutdown event) throws InterruptedException {
        Duration limit = engine.registry.node().stopTimeout();
        Poller stopping = stopPoller();
        JvmShutdown forgotten = jvmShutdown;
        if (forgotten != null) {
            forgotten.close();
        }
        engine.watchdog.stop();
        sender = null;
        schedules.forEach(schedule -> schedule.cancel(false));
        if (stopping != null) {
            warnOf(stopping.awaitQuiet(limit), limit);
        }
        SignalListener listening = listener;
        if (listening != null) {
            listening.awaitEnd(limit);
        }
        engine.registration.stop(limit);
    }

    private synchronized @Nullable Poller stopPoller() {
        stopped = true;
        Poller stopping = poller;
        if (stopping != null) {
            stopping.stop();
        }
        return stopping;
    }

    private static void warnOf(Set<Checkpoint.Key> busy, Duration limit) {
        if (!busy.isEmpty()) {
            LOG.log(Level.WARNING, unfinished(busy, limit));
        }
    }

    /** @param busy the segments whose turns still run */
    static String unfinished(Set<Checkpoint.Key> busy, Duration limit) {
        String segments = busy.stream()
                .map(key -> "'%s' (segment at slice %d)".formatted(key.subscription(), key.firstSlice()))
                .sorted()
                .collect(Collectors.joining(", "));
        return "Turns did not end within %s: %s. Their transactions will be rolled back, and another node or the next start repeats them. To allow more time, raise meowmx.subscription.stop-timeout"
                .formatted(limit, segments);
    }
}
