package org.meowmx.monitoring;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.meowmx.configuration.ApplicationName;

/** Startup of the store. It is up after the checks of the database have passed and the subscriptions have started. */
@Startup
@ApplicationScoped
public class StoreStarted implements HealthCheck {

    @Inject
    ApplicationName application;

    private volatile boolean started;

    void started(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) jakarta.enterprise.event.Startup event) {
        started = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named(application.qualified("meowmx-started"))
                .status(started)
                .build();
    }
}
