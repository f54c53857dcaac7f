package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.meowmx.EventStore;
import org.meowmx.LogStatus;
import org.meowmx.OpenAppend;

/** Ready when the database answers; names the transaction that holds the mark back, if one does. */
@Readiness
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
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
                    .ifPresent(holder -> response.withData("heldBackBy", words(holder)));
            return response.up().build();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The store does not answer", e);
            return response.down().withData("problem", e.getClass().getName()).build();
        }
    }

    /** Who it is: process and application, or the id under which it was prepared; and for how long. */
    private static String words(OpenAppend holder) {
        String who = holder.preparedAs()
                .map(gid -> "prepared transaction " + gid)
                .orElseGet(() -> "process " + holder.pid().orElse(0) + " of '" + holder.application() + "'");
        return holder.began()
                .map(began ->
                        who + " for " + Duration.between(began, Instant.now()).toSeconds() + " s")
                .orElse(who);
    }
}
