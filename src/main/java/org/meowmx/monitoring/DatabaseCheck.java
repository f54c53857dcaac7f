package org.meowmx.monitoring;

import java.lang.System.Logger;
import java.util.function.Consumer;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.meowmx.concurrent.Outage;
import org.meowmx.transaction.RootCause;

/** A readiness check that reads the database: it is up if the database answers. Each change of its state is logged once. */
final class DatabaseCheck {

    private static final String ADVICE =
            "Check that the database runs, and that the data source jdbc/meowmx reaches it; the application is ready again when the database answers";

    private final String name;
    private final Outage outage;

    DatabaseCheck(String name, Logger log) {
        this.name = name;
        this.outage = new Outage(
                log,
                "The readiness check %s failed, so the application is not ready. %s".formatted(name, ADVICE),
                "The readiness check %s is up again".formatted(name));
    }

    /** The response with the data that the reading adds. If it throws, the response has the problem and no other data. */
    HealthCheckResponse call(Consumer<HealthCheckResponseBuilder> reading) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name);
        try {
            reading.accept(response);
            outage.worked();
            return response.up().build();
        } catch (RuntimeException e) {
            outage.failed(e);
            return HealthCheckResponse.named(name)
                    .withData("problem", "The database cannot be read: %s. %s".formatted(RootCause.line(e), ADVICE))
                    .down()
                    .build();
        }
    }
}
