package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.LogStatus;
import org.meowmx.NewEvent;
import org.meowmx.OpenAppend;
import org.meowmx.StreamId;
import org.meowmx.monitoring.StoreReady;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

/** Promise honest-health: the status names the transactions that hold back the mark. */
@MeowmxTest(beans = Sql.class, database = PostgreSqlDatabase.class)
class LogStatusIT {

    @Inject
    EventStore events;

    @Inject
    Sql sql;

    @Inject
    @Readiness
    StoreReady health;

    private long append() {
        return events.append(StreamId.of("test", UUID.randomUUID()), any(), NewEvent.of("noted", "{}"))
                .position();
    }

    private String heldBackBy() {
        HealthCheckResponse response = health.call();
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        return (String) response.getData().orElseThrow().getOrDefault("heldBackBy", "nobody");
    }

    @Test
    void nobody_holds_a_log_that_is_quiet() {
        append();

        assertThat(events.status()).isEqualTo(new LogStatus(1, 1, java.util.List.of()));
        assertThat(heldBackBy()).isEqualTo("nobody");
    }

    @Test
    void an_open_append_is_named_by_its_process() {
        append();
        Session open = Session.begin();
        open.does(this::append);
        long pid = open.does(() -> sql.number("select pg_backend_pid()"));
        append();

        LogStatus status = events.status();
        assertThat(status.lastPosition()).isEqualTo(3);
        assertThat(status.highWaterMark()).isEqualTo(1);
        OpenAppend holder = status.openAppends().get(0);
        assertThat(holder.fence()).isEqualTo(1);
        assertThat(holder.pid()).isEqualTo((int) pid);
        assertThat(holder.application()).startsWith("s");
        assertThat(holder.since())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(heldBackBy()).startsWith("process " + pid + " of '" + holder.application() + "' for ");
        open.rollback();
        assertThat(heldBackBy()).isEqualTo("nobody");
    }

    @Test
    void a_prepared_append_is_named_by_its_global_id() {
        Session session = Session.begin();
        session.does(this::append);
        session.does(() -> sql.run("prepare transaction 'in doubt'"));
        session.rollback();
        append();

        OpenAppend holder = events.status().openAppends().get(0);
        assertThat(holder.gid()).isEqualTo("in doubt");
        assertThat(holder.pid()).isNull();
        assertThat(holder.since()).isNotNull();
        assertThat(heldBackBy()).startsWith("prepared transaction in doubt for ");
    }
}
