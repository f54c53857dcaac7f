package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
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

/**
 * Says of each subscription what it is doing, and who keeps it from going on. A failing one does not take the application out of service: its requests can
 * still be answered.
 */
@Readiness
@ApplicationScoped
public class SubscriptionsReady implements HealthCheck {

    /** A turn is seldom longer; one that is may be named, too. */
    private static final Duration LONG = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(SubscriptionsReady.class.getName());

    @Inject
    Subscriptions subscriptions;

    @Inject
    RunningTurns turns;

    @Inject
    HeldClaims claims;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("meowmx-subscriptions");
        try {
            subscriptions
                    .names()
                    .forEach(name -> response.withData(name, "has no checkpoint: another node removed it"));
            subscriptions.list().forEach(status -> response.withData(status.name(), words(status)));
            claims.longerThan(LONG)
                    .forEach(holder -> response.withData(holder.subscription() + ".heldBy", words(holder)));
            turns.overdue().stream().findFirst().ifPresent(turn -> response.withData("overdue", words(turn)));
            return response.up().build();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The subscriptions cannot be read", e);
            return response.down().withData("problem", e.getClass().getName()).build();
        }
    }

    private static String words(RunningTurns.Overdue turn) {
        return "a turn of '%s' has lasted %d s, longer than its limit of %d s"
                .formatted(
                        turn.subscription(),
                        turn.age().toSeconds(),
                        turn.tolerated().toSeconds());
    }

    private static String words(HeldClaims.Holder holder) {
        return HolderText.of(holder.gid(), holder.pid(), holder.application(), holder.since());
    }

    /** What was thrown and how often, but not its message, which may quote the data of an event. */
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

    private static String words(SubscriptionStatus status) {
        String state =
                status.declared() ? status.state().name().toLowerCase(Locale.ROOT) + failure(status) : "orphaned";
        String parked = status.parkedStreams() == 0 ? "" : ", " + status.parkedStreams() + " streams parked";
        return "%s at position %d, %d events and %d s behind%s"
                .formatted(
                        state,
                        status.position(),
                        status.lagEvents(),
                        status.lag().toSeconds(),
                        parked);
    }
}
