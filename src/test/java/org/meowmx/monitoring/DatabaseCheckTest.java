package org.meowmx.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.meowmx.CapturedLog;

class DatabaseCheckTest {

    private final DatabaseCheck check =
            new DatabaseCheck("test", () -> "test@shop", System.getLogger(DatabaseCheckTest.class.getName()));

    private HealthCheckResponse down() {
        return check.call(response -> {
            response.withData("list", "half of the truth");
            throw new IllegalStateException(new SQLException("secret", "08006"));
        });
    }

    @Test
    void a_database_that_does_not_answer_is_the_only_thing_that_is_reported() {
        try (CapturedLog logged = new CapturedLog(DatabaseCheckTest.class)) {
            HealthCheckResponse response = down();

            assertThat(response.getStatus()).isEqualTo(Status.DOWN);
            assertThat(response.getName()).isEqualTo("test@shop");
            assertThat(response.getData().orElse(Map.of())).containsOnlyKeys("problem");
            assertThat(response.getData().orElse(Map.of()).get("problem").toString())
                    .startsWith("The database cannot be read: the database was not available (SQLSTATE 08006, ")
                    .contains("Check that the database runs")
                    .doesNotContain("secret");
            assertThat(logged.lines()).hasSize(1);
        }
    }

    @Test
    void each_change_of_the_state_is_logged_once() {
        try (CapturedLog logged = new CapturedLog(DatabaseCheckTest.class)) {
            down();
            down();
            check.call(response -> {});
            check.call(response -> {});

            assertThat(logged.lines()).hasSize(2);
            assertThat(logged.lines().get(0))
                    .startsWith("WARNING The readiness check test failed, so the application is not ready.");
            assertThat(logged.lines().get(1)).startsWith("INFO The readiness check test is up again");
        }
    }
}
