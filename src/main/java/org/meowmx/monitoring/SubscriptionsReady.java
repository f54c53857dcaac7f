package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.meowmx.SubscriptionStatus;
import org.meowmx.Subscriptions;

/**
 * Says of each subscription what it is doing. A failing one does not take the application out of service: its requests can
 * still be answered.
 */
@Readiness
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class SubscriptionsReady implements HealthCheck {

    @Inject
    Subscriptions subscriptions;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("meowmx-subscriptions");
        try {
            subscriptions.list().forEach(status -> response.withData(status.name(), words(status)));
            return response.up().build();
        } catch (RuntimeException e) {
            return response.down().withData("problem", e.getClass().getName()).build();
        }
    }

    private static String words(SubscriptionStatus status) {
        String state = status.declared() ? status.state().name().toLowerCase(java.util.Locale.ROOT) : "orphaned";
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
