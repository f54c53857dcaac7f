package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.HeldClaims;
import org.meowmx.subscription.engine.RunningTurns;
import org.meowmx.subscription.engine.SubscriptionEngine;

/**
 * Readiness of the subscriptions: the state of each one, and what blocks it.
 *
 * <p>It is up if the database answers. A failing subscription does not make the application unready, because the
 * application can still answer requests.
 */
@Readiness
@ApplicationScoped
public class SubscriptionsReady implements HealthCheck {

    /** Turns are rarely longer. If one is, naming it does no harm. */
    private static final Duration LONG_CLAIM = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(SubscriptionsReady.class.getName());

    @Inject
    Subscriptions subscriptions;

    /** Looked up at each call: the container may create this check before the application has started. */
    @Inject
    Instance<SubscriptionEngine> engine;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("meowmx-subscriptions");
        try {
            subscriptions
                    .names()
                    .forEach(name -> response.withData(name, "has no checkpoint: another node removed it"));
            subscriptions.list().forEach(status -> response.withData(status.name(), text(status)));
            engine.get()
                    .heldClaims()
                    .longerThan(LONG_CLAIM)
                    .forEach(holder -> response.withData(holder.subscription() + ".heldBy", text(holder)));
            engine.get().runningTurns().overdue().stream()
                    .findFirst()
                    .ifPresent(turn -> response.withData("overdue", text(turn)));
            return response.up().build();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Readiness check failed; the application is not ready until the database answers", e);
            return response.down().withData("problem", e.getClass().getName()).build();
        }
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

    /** The class of the last exception and the number of attempts. The message may quote the data of an event. */
    private static String failure(SubscriptionStatus status) {
        return status.segments().stream()
                .filter(segment -> segment.attempts() > 0)
                .max(Comparator.comparingInt(SubscriptionStatus.Segment::attempts))
                .map(segment -> " (%s, %d times)"
                        .formatted(
                                Objects.requireNonNullElse(segment.lastFailure(), "")
                                        .split("[:\\s]", 2)[0],
                                segment.attempts()))
                .orElse("");
    }

    private static String text(SubscriptionStatus status) {
        String state =
                status.declared() ? status.state().name().toLowerCase(Locale.ROOT) + failure(status) : "orphaned";
        String parked = status.parkedStreams() == 0 ? "" : ", " + status.parkedStreams() + " streams parked";
        return "%s at position %d, %d events and %d s of lag%s"
                .formatted(
                        state,
                        status.position(),
                        status.lagEvents(),
                        status.lag().toSeconds(),
                        parked);
    }
}
