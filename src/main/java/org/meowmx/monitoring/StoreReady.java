package org.meowmx.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.meowmx.EventStore;
import org.meowmx.LogStatus;
import org.meowmx.configuration.ApplicationName;
import org.meowmx.transaction.ClaimTransaction;

/**
 * Readiness of the store. It is up if the database answers, is not a standby, and the sequence of positions is sound. It
 * names the transaction that holds back the high-water mark, if any.
 */
@Readiness
@ApplicationScoped
public class StoreReady implements HealthCheck {

    private static final String NAME = "meowmx-store";

    private final DatabaseCheck check =
            new DatabaseCheck(NAME, this::name, System.getLogger(StoreReady.class.getName()));

    @Inject
    ApplicationName application;

    @Inject
    EventStore events;

    @Inject
    ClaimTransaction transaction;

    @Override
    public HealthCheckResponse call() {
        return check.call(this::read);
    }

    private String name() {
        return application.qualified(NAME);
    }

    private void read(HealthCheckResponseBuilder response) {
        LogStatus status = transaction.status(events::status);
        response.withData("lastPosition", status.lastPosition()).withData("highWaterMark", status.highWaterMark());
        status.openAppends().stream()
                .findFirst()
                .ifPresent(holder -> response.withData(
                        "heldBackBy", HolderText.of(holder.gid(), holder.pid(), holder.application(), holder.since())));
        status.problem().ifPresent(problem -> response.down().withData("problem", problem));
    }
}
