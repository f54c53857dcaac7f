package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.meowmx.configuration.ApplicationName;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.HeldClaims;
import org.meowmx.subscription.engine.RunningTurns;
import org.meowmx.subscription.engine.SubscriptionEngine;

/**
 * Readiness of the subscriptions: the state of each one, and what blocks it.
 *
 * <p>It counts no events, so it is cheap however much is unread. Orphans are left out.
 *
 * <p>It is up if the database answers. A failing subscription does not make the application unready, because the
 * application can still answer requests.
 */
@Readiness
@ApplicationScoped
public class SubscriptionsReady implements HealthCheck {

    /** Turns are rarely longer. If one is, naming it does no harm. */
    private static final Duration LONG_CLAIM = Duration.ofSeconds(10);

    private static final String NAME = "meowmx-subscriptions";

    private final DatabaseCheck check =
            new DatabaseCheck(NAME, this::name, System.getLogger(SubscriptionsReady.class.getName()));

    @Inject
    ApplicationName application;

    @Inject
    Subscriptions subscriptions;

    /** Looked up at each call: the container may create this check before the application has started. */
    @Inject
    Instance<SubscriptionEngine> engine;

    @Override
    public HealthCheckResponse call() {
        return check.call(this::read);
    }

    private String name() {
        return application.qualified(NAME);
    }

    private void read(HealthCheckResponseBuilder response) {
        subscriptions.names().forEach(name -> response.withData(name, StatusText.WITHOUT_CHECKPOINT));
        engine.get().outlines().forEach(outline -> response.withData(outline.name(), StatusText.of(outline)));
        engine.get()
                .heldClaims()
                .longerThan(LONG_CLAIM)
                .forEach(holder -> response.withData(holder.subscription() + ".heldBy", text(holder)));
        engine.get().runningTurns().overdue().stream()
                .findFirst()
                .ifPresent(turn -> response.withData("overdue", text(turn)));
    }

    private static String text(RunningTurns.Overdue turn) {
        return "a turn of '%s' has lasted %d s, longer than its limit of %d s"
                .formatted(
                        turn.subscription(),
                        turn.age().toSeconds(),
                        turn.tolerated().toSeconds());
    }

    private static String text(HeldClaims.Holder holder) {
        return HolderText.of(holder.gid(), holder.pid(), holder.application(), holder.since());
    }
}
