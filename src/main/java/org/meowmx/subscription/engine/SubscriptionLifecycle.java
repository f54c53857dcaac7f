package org.meowmx.subscription.engine;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventsAppended;
import org.meowmx.subscription.engine.cluster.SignalListener;
import org.meowmx.subscription.engine.cluster.SignalSender;
import org.meowmx.subscription.engine.cluster.Signals;
import org.meowmx.subscription.engine.declaration.SubscriptionRegistry;
import org.meowmx.transaction.CurrentTransaction;

/** Creates the checkpoints and starts poller and listener when the application is up, wakes after appends, and stops them. */
@ApplicationScoped
class SubscriptionLifecycle {

    private static final Logger LOG = System.getLogger(SubscriptionLifecycle.class.getName());

    /** How long nobody listens for other nodes now and then. */
    private static final Duration GAP = Duration.ofMillis(20);

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService executor;

    @Inject
    SubscriptionRegistry catalog;

    @Inject
    SubscriptionControl control;

    @Inject
    Backlog backlog;

    @Inject
    Turn turn;

    @Inject
    Failures failures;

    @Inject
    SegmentLayout division;

    @Inject
    @Any
    Event<Object> notifier;

    @Inject
    CurrentTransaction transaction;

    @Inject
    Signals signals;

    @Inject
    PollLoopWatchdog heartbeat;

    @Inject
    Membership membership;

    private volatile @Nullable Poller poller;
    private volatile @Nullable SignalSender sender;
    private volatile @Nullable SignalListener listener;
    private final List<ScheduledFuture<?>> schedules = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) Startup event) {
        catalog.validate();
        catalog.names().forEach(control::ensure);
        Optional<String> channel = signals.channel();
        sender =
                channel.map(found -> new SignalSender(signals, found, executor)).orElse(null);
        if (catalog.names().isEmpty() || !catalog.node().enabled()) {
            return;
        }
        schedules.addAll(membership.begin(executor));
        SegmentWorker.Crew crew =
                new SegmentWorker.Crew(turn, failures, division, notifier::fire, heartbeat, () -> stopped);
        heartbeat.start();
        Poller started =
                new Poller(catalog, backlog, crew, executor, catalog.node().pollInterval());
        poller = started;
        schedules.add(started.start());
        channel.ifPresent(found -> signals.dataSource().ifPresent(source -> listen(source, found, started)));
    }

    private void listen(DataSource source, String channel, Poller woken) {
        Duration interval = catalog.node().pollInterval();
        SignalListener.Loop loop =
                new SignalListener.Loop(woken::wake, () -> heartbeat.isStarving(interval), () -> stopped);
        SignalListener started = new SignalListener(source, channel, signals, loop);
        listener = started;
        schedules.add(executor.scheduleWithFixedDelay(started, 0, GAP.toMillis(), TimeUnit.MILLISECONDS));
    }

    void appended(@Observes EventsAppended appended) {
        Poller told = poller;
        List<DueSegment> asking = told == null ? List.of() : told.askingFor(appended.results());
        transaction.afterCommit(() -> tell(told, asking));
    }

    private void tell(@Nullable Poller told, List<DueSegment> asking) {
        if (told != null) {
            told.appended(asking);
        }
        SignalSender telling = sender;
        if (telling != null) {
            telling.send();
        }
    }

    /** Lets the turns at hand end, for as long as the configuration allows. */
    void stop(@Observes Shutdown event) throws InterruptedException {
        stopped = true;
        Duration stopTimeout = catalog.node().stopTimeout();
        heartbeat.stop();
        sender = null;
        Poller ending = poller;
        SignalListener listening = listener;
        schedules.forEach(schedule -> schedule.cancel(false));
        if (ending != null && !ending.awaitQuiet(stopTimeout)) {
            LOG.log(Level.WARNING, "A turn did not end within {0}; its transaction will be rolled back", stopTimeout);
        }
        if (listening != null) {
            listening.awaitEnd(stopTimeout);
        }
        membership.end(stopTimeout);
    }
}
