package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.meowmx.EventStore;
import org.meowmx.LogStatus;
import org.meowmx.StandbyException;

/**
 * Readiness of the store. It is up if the database answers and is not a standby. It names the transaction that holds back the high-water
 * mark, if any.
 */
@Readiness
@ApplicationScoped
public class StoreReady implements HealthCheck {

    private static final Logger LOG = System.getLogger(StoreReady.class.getName());

    @Inject
    EventStore events;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("meowmx-store");
        try {
            LogStatus status = events.status();
            response.withData("lastPosition", status.lastPosition()).withData("highWaterMark", status.highWaterMark());
            status.openAppends().stream()
                    .findFirst()
                    .ifPresent(holder -> response.withData(
                            "heldBackBy",
                            HolderText.of(holder.gid(), holder.pid(), holder.application(), holder.since())));
            return response.up().build();
        } catch (StandbyException e) {
            return response.down().withData("problem", e.getMessage()).build();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Readiness check failed; the application is not ready until the database answers", e);
            return response.down().withData("problem", e.getClass().getName()).build();
        }
    }
}
