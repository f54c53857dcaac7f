package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogCatalog;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.StandbyException;
import org.meowmx.StreamId;
import org.meowmx.monitoring.StoreReady;
import org.meowmx.rest.live.LiveResource;
import org.meowmx.rest.message.ProblemMapper;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.server.FailoverDatabase;
import org.meowmx.server.FragilePostgreSql;
import org.meowmx.server.LiveClient;
import org.meowmx.server.Signal;
import org.meowmx.testkit.MeowmxTest;

/** Promise log-change-noticed: a pool connects to a standby while the application runs. */
@MeowmxTest(config = "meowmx.rest.live.heartbeat=PT0.1S", database = FailoverDatabase.class)
class StandbyIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @Inject
    LiveResource live;

    @Inject
    @Readiness
    StoreReady ready;

    private void append() {
        events.append(StreamId.of("order", 1), ExpectedVersion.any(), NewEvent.of("noted", "1"));
    }

    @Test
    void the_log_is_not_read_on_a_standby_and_readers_stay_until_the_primary_is_back() {
        FragilePostgreSql primary = FailoverDatabase.primary();
        append();
        primary.end(Signal.INT);
        Path copy = primary.copy();
        primary.startAgain();
        Awaitility.await().atMost(SOON).ignoreExceptions().until(() -> {
            append();
            return true;
        });
        LiveClient client = new LiveClient(live, "").connect("0");
        Awaitility.await().atMost(SOON).until(() -> client.received().size() == 2);

        try (FragilePostgreSql standby = FragilePostgreSql.standby(copy)) {
            FailoverDatabase.address().leadTo(standby.server());
            // the first statement on each connection that was cut fails
            Awaitility.await().atMost(SOON).ignoreExceptions().until(() -> catalog.logId() != null);

            assertThatThrownBy(events::highWaterMark)
                    .isInstanceOf(StandbyException.class)
                    .hasMessageContaining("targetServerType=primary")
                    .satisfies(thrown ->
                            assertThat(ProblemMapper.problem(thrown).type()).isEqualTo(ProblemType.UNAVAILABLE));
            assertThatThrownBy(() -> events.readPage(LogQuery.all(), 10)).isInstanceOf(StandbyException.class);
            assertThatThrownBy(events::status).isInstanceOf(StandbyException.class);
            assertThatThrownBy(() -> catalog.newest(1)).isInstanceOf(StandbyException.class);
            HealthCheckResponse response = ready.call();
            assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
            assertThat(response.getData().orElseThrow().get("problem"))
                    .asString()
                    .contains("standby", "targetServerType=primary");
            Awaitility.await().during(Duration.ofSeconds(2)).atMost(SOON).until(client::isConnected);

            FailoverDatabase.address().leadTo(primary.server());
            Awaitility.await().atMost(SOON).ignoreExceptions().until(() -> {
                append();
                return true;
            });
        }
        Awaitility.await().atMost(SOON).until(() -> client.received().size() == 3);
        assertThat(client.isConnected()).isTrue();
    }
}
