package org.meowmx.monitoring;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Up once the store has found its database fit and its subscriptions are under way. */
@Startup
@ApplicationScoped
public class StoreStarted implements HealthCheck {

    private volatile boolean started;

    void started(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) jakarta.enterprise.event.Startup event) {
        started = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("meowmx-started").status(started).build();
    }
}
