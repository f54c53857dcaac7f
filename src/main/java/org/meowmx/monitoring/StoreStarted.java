package org.meowmx.monitoring;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Startup of the store. It is up after the checks of the database have passed and the subscriptions have started. */
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
