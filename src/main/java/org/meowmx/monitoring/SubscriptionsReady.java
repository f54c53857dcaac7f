package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.meowmx.SubscriptionStatus;
import org.meowmx.Subscriptions;
import org.meowmx.subscription.TurnsAtHand;

/**
 * Says of each subscription what it is doing. A failing one does not take the application out of service: its requests can
 * still be answered.
 */
@Readiness
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class SubscriptionsReady implements HealthCheck {

    private static final Logger LOG = System.getLogger(SubscriptionsReady.class.getName());

    @Inject
    Subscriptions subscriptions;

    @Inject
    TurnsAtHand turns;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("meowmx-subscriptions");
        try {
            subscriptions
                    .names()
                    .forEach(name -> response.withData(name, "has no checkpoint: another node removed it"));
            subscriptions.list().forEach(status -> response.withData(status.name(), words(status)));
            turns.overdue().stream().findFirst().ifPresent(turn -> response.withData("overdue", words(turn)));
            return response.up().build();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The subscriptions cannot be read", e);
            return response.down().withData("problem", e.getClass().getName()).build();
        }
    }

    private static String words(TurnsAtHand.Overdue turn) {
        return "a turn of '%s' has lasted %d s, longer than its limit of %d s"
                .formatted(
                        turn.subscription(),
                        turn.age().toSeconds(),
                        turn.tolerated().toSeconds());
    }

    private static String words(SubscriptionStatus status) {
        String state = status.declared() ? status.state().name().toLowerCase(Locale.ROOT) : "orphaned";
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
