package org.meowmx.subscription;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts a worker per subscription when the application is up, and stops them with it. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class SubscriptionLifecycle {

    @Resource
    ManagedScheduledExecutorService executor;

    @Inject
    SubscriptionExtension declared;

    @Inject
    Checkpoints checkpoints;

    @Inject
    Turn turn;

    @Inject
    @ConfigProperty(name = "meowmx.subscription.enabled", defaultValue = "true")
    boolean enabled;

    @Inject
    @ConfigProperty(name = "meowmx.subscription.poll-interval", defaultValue = "PT0.5S")
    Duration pollInterval;

    private final List<Worker> workers = new ArrayList<>();
    private final List<ScheduledFuture<?>> schedules = new ArrayList<>();

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) Startup event) {
        if (enabled) {
            declared.subscriptions().values().forEach(this::start);
        }
    }

    private void start(Subscription subscription) {
        checkpoints.create(subscription.name());
        Worker worker = new Worker(subscription, turn, Clock.systemUTC());
        workers.add(worker);
        schedules.add(executor.scheduleWithFixedDelay(worker, 0, pollInterval.toMillis(), TimeUnit.MILLISECONDS));
    }

    void stop(@Observes Shutdown event) {
        workers.forEach(Worker::stop);
        schedules.forEach(schedule -> schedule.cancel(false));
    }
}
