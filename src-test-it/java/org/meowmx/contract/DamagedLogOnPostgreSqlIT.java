package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.SequenceResetException;
import org.meowmx.StreamId;
import org.meowmx.monitoring.StoreReady;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** On PostgreSQL, health also names the damage, and subscriptions wait. */
@MeowmxTest(
        beans = {DamagedLogOnPostgreSqlIT.Handler.class, Sql.class},
        database = PostgreSqlDatabase.class)
class DamagedLogOnPostgreSqlIT extends DamagedLogContract {

    private static final StreamId STREAM = StreamId.of("test", "3");
    private static final StreamId OTHER = StreamId.of("test", "4");

    @Inject
    Sql sql;

    @Inject
    @Readiness
    StoreReady health;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Handler handler;

    /** Records the positions of the events that it handles. */
    @ApplicationScoped
    static class Handler {

        private final List<Long> seen = new CopyOnWriteArrayList<>();

        void on(@Observes @Subscribed("list") RecordedEvent event) {
            seen.add(event.position());
        }

        List<Long> seen() {
            return seen;
        }
    }

    @Override
    void asOwner(String statement) {
        sql.asOwner(statement);
    }

    @Override
    void setSequence(long position) {
        sql.asOwner("select setval('meowmx_events_position_seq', " + position + ")");
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            events.append(STREAM, any(), NewEvent.of("noted", "{}"));
        }
    }

    private List<Long> positions() {
        return events.scan(LogQuery.all()).map(RecordedEvent::position).toList();
    }

    /** The problem that health names. */
    private String problem() {
        HealthCheckResponse response = health.call();
        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        return (String) response.getData().orElseThrow().get("problem");
    }

    @Test
    void health_is_down_with_the_statement_that_repairs_the_sequence() {
        append(3);
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        setSequence(1);

        assertThat(problem())
                .startsWith(
                        "The sequence meowmx_events_position_seq is at 1, but an event or a checkpoint has position 3");
        String repair = problem().substring(problem().indexOf("select setval"));
        asOwner(repair);
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        append(1);
        asOwner(repair);
        append(1);
        assertThat(subscriptions.catchUp("list")).isEqualTo(5);
        assertThat(handler.seen()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void a_turn_whose_checkpoint_is_above_the_sequence_does_nothing() {
        append(2);
        setSequence(9);
        subscriptions.catchUp("list");
        assertThat(subscriptions.status("list").position()).isEqualTo(9);
        setSequence(5);

        assertThatThrownBy(() -> subscriptions.catchUp("list"))
                .as("no event has a position above 2, so only the checkpoint shows it")
                .isInstanceOfSatisfying(SequenceResetException.class, e -> {
                    assertThat(e.lastPosition()).isEqualTo(5);
                    assertThat(e.usedPosition()).isEqualTo(9);
                });
        assertThat(problem()).contains("is at 5, but an event or a checkpoint has position 9");

        asOwner(problem().substring(problem().indexOf("select setval")));
        append(1);
        assertThat(subscriptions.catchUp("list")).isEqualTo(1);
        assertThat(handler.seen()).containsExactly(1L, 2L, 10L);
    }

    @Test
    void nobody_is_given_a_mark_of_a_sequence_that_was_set_back() {
        append(3);
        setSequence(1);

        assertThatThrownBy(() -> events.highWaterMark()).isInstanceOf(SequenceResetException.class);
        assertThatThrownBy(() -> events.readPage(LogQuery.all(), 10)).isInstanceOf(SequenceResetException.class);
        assertThat(events.read(STREAM).version()).as("streams can be read").isEqualTo(3);
    }

    @Test
    void a_lost_tail_of_the_log_is_noticed_by_what_this_node_has_acknowledged() {
        append(5);
        asOwner("delete from meowmx_events where position > 3; update meowmx_streams set version = 3");
        setSequence(3);

        assertThat(problem()).contains("is at 3, but an event or a checkpoint has position 5");
        assertThatThrownBy(() -> append(1)).isInstanceOf(SequenceResetException.class);
        asOwner(problem().substring(problem().indexOf("select setval")));
        append(1);
        assertThat(subscriptions.catchUp("list")).isEqualTo(4);
        assertThat(handler.seen()).containsExactly(1L, 2L, 3L, 6L);
    }

    @Test
    void an_append_at_a_free_position_below_a_known_one_is_refused() {
        events.append(STREAM, any(), event());
        setSequence(10);
        events.append(STREAM, any(), event());
        setSequence(4);

        assertThatThrownBy(() -> events.append(OTHER, any(), event()))
                .isInstanceOfSatisfying(SequenceResetException.class, e -> {
                    assertThat(e.lastPosition()).isEqualTo(5);
                    assertThat(e.usedPosition()).isEqualTo(11);
                });
        assertThatThrownBy(() -> Jta.committed(() -> {
                    refusal(() -> events.append(OTHER, any(), event()));
                    return null;
                }))
                .as("the caller's transaction is marked for rollback")
                .isInstanceOf(Exception.class);

        setSequence(11);
        assertThat(events.append(OTHER, any(), event()).position()).isEqualTo(12);
        assertThat(positions()).containsExactly(1L, 11L, 12L);
    }

    @Test
    void an_append_of_a_callers_transaction_is_known_after_its_commit() {
        setSequence(10);
        Jta.committed(() -> events.append(STREAM, any(), event()));
        setSequence(4);

        assertThatThrownBy(() -> events.append(OTHER, any(), event())).isInstanceOf(SequenceResetException.class);
    }

    @Test
    void a_position_that_was_rolled_back_may_be_assigned_again() {
        events.append(STREAM, any(), event());
        Jta.rolledBack(() -> events.append(STREAM, any(), event(), event()));
        setSequence(1);

        assertThat(events.append(STREAM, any(), event()).position()).isEqualTo(2);
    }
}
