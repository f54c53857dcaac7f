package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.meowmx.configuration.ApplicationName;
import org.meowmx.subscription.engine.PollLoopWatchdog;

/**
 * Liveness of the poll loop. It is up while the loop makes progress, which may take up to two minutes, or up to ten
 * while the loop waits for the database.
 */
@Liveness
@ApplicationScoped
public class LoopAlive implements HealthCheck {

    @Inject
    PollLoopWatchdog watchdog;

    @Inject
    ApplicationName application;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named(application.qualified("meowmx-loop"))
                .status(watchdog.isHealthy())
                .withData(
                        "secondsSinceLastProgress", watchdog.sinceLastProgress().toSeconds())
                .build();
    }
}
