package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.meowmx.subscription.engine.PollLoopWatchdog;

/** Alive while the loop that looks for new events comes round; a database that does not answer it has ten minutes to do so. */
@Liveness
@ApplicationScoped
public class LoopAlive implements HealthCheck {

    @Inject
    PollLoopWatchdog heartbeat;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("meowmx-loop")
                .status(heartbeat.isBeating())
                .withData("secondsSinceLastRound", heartbeat.age().toSeconds())
                .build();
    }
}
