package org.meowmx.monitoring;

import java.lang.System.Logger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.meowmx.concurrent.Outage;
import org.meowmx.transaction.RootCause;

/** A readiness check that reads the database: it is up if the database answers. Each change of its state is logged once. */
final class DatabaseCheck {

    private static final String ADVICE =
            "Check that the database runs, and that the data source jdbc/meowmx reaches it; the application is ready again when the database answers";

    private final Supplier<String> name;
    private final Outage outage;

    /**
     * @param check the name of the check, for the log
     * @param name the name in a response
     */
    DatabaseCheck(String check, Supplier<String> name, Logger log) {
        this.name = name;
        this.outage = new Outage(
                log,
                "The readiness check %s failed, so the application is not ready. %s".formatted(check, ADVICE),
                "The readiness check %s is up again".formatted(check));
    }

    /**
     * The response with the data that the reading adds. It is up unless the reading sets it down. If the reading throws, the
     * response is down and has the problem and no other data.
     */
    HealthCheckResponse call(Consumer<HealthCheckResponseBuilder> reading) {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(name.get()).up();
        try {
            reading.accept(response);
            outage.worked();
            return response.build();
        } catch (RuntimeException e) {
            outage.failed(e);
            return HealthCheckResponse.named(name.get())
                    .withData("problem", "The database cannot be read: %s. %s".formatted(RootCause.line(e), ADVICE))
                    .down()
                    .build();
        }
    }
}
