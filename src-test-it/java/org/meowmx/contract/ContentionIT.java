package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;

import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.meowmx.ContentionException;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.OutcomeUnknownException;

/** All aborts because of concurrent transactions are reported as one exception, which can be retried. */
@MeowmxTest(beans = Sql.class, database = PostgreSqlDatabase.class)
class ContentionIT {

    private static final StreamId ONE = StreamId.of("test", 1L);
    private static final StreamId TWO = StreamId.of("test", 2L);
    private static final NewEvent EVENT = NewEvent.of("noted", "{}");

    @Inject
    EventStore events;

    @Inject
    Sql sql;

    private static void assertState(Throwable thrown, String state) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ContentionException.class, e -> assertThat(e.sqlState()).isEqualTo(state))
                .hasMessageContaining("repeat all of its work in a new transaction");
    }

    @Test
    void a_lock_timeout() {
        Session holder = Session.begin();
        holder.does(() -> events.append(ONE, any(), EVENT));
        Session waiter = Session.begin();
        waiter.does(() -> sql.run("set local lock_timeout = '50ms'"));

        assertThatThrownBy(() -> waiter.does(() -> events.append(ONE, any(), EVENT)))
                .satisfies(e -> assertState(e, "55P03"));
        assertThatThrownBy(waiter::commit).as("it is marked for rollback").isNotNull();
        holder.commit();
        assertThat(events.append(ONE, exactly(1), EVENT).version()).isEqualTo(2);
    }

    @Test
    void a_serialization_failure() {
        events.append(ONE, any(), EVENT);
        Session strict = Session.begin();
        strict.does(() -> sql.run("set transaction isolation level repeatable read"));
        strict.does(() -> events.read(ONE));
        events.append(ONE, any(), EVENT);

        assertThatThrownBy(() -> strict.does(() -> events.append(ONE, exactly(1), EVENT)))
                .satisfies(e -> assertState(e, "40001"));
        strict.rollback();
        assertThat(events.read(ONE).version()).isEqualTo(2);
    }

    /** Fails at the commit, like a serializable transaction or a deferred constraint. */
    private void failAtCommit(String state) {
        Jta.committed(() -> sql.asOwner("""
                create function fail() returns trigger language plpgsql
                    as $$ begin raise exception 'at commit' using errcode = '%s'; end $$;
                create constraint trigger fail after insert on meowmx_events
                    deferrable initially deferred for each row execute function fail()""".formatted(state)));
    }

    @Test
    void a_serialization_failure_at_the_commit_of_an_append() {
        failAtCommit("40001");
        assertThatThrownBy(() -> events.append(ONE, any(), EVENT)).satisfies(e -> assertState(e, "40001"));
    }

    @Test
    void a_connection_that_is_lost_at_the_commit_of_an_append_leaves_its_outcome_unknown() {
        failAtCommit("57P01");
        assertThatThrownBy(() -> events.append(ONE, any(), EVENT))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("not committed, or the reply to its commit was lost");
    }

    @Test
    void a_commit_that_the_database_refuses_is_certain_to_have_stored_nothing() {
        failAtCommit("23514");
        assertThatThrownBy(() -> events.append(ONE, any(), EVENT))
                .isExactlyInstanceOf(TransactionalException.class)
                .hasMessageContaining("nothing was stored");
    }

    @Test
    void a_deadlock_between_hand_made_orders() throws Exception {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AppendContract.together(2, writer -> {
            List<StreamId> order = writer == 0 ? List.of(ONE, TWO) : List.of(TWO, ONE);
            Session session = Session.begin();
            session.does(() -> events.append(order.get(0), any(), EVENT));
            try {
                bothHoldOne.await();
                session.does(() -> events.append(order.get(1), any(), EVENT));
                session.commit();
            } catch (Exception e) {
                failures.add(e);
                session.rollback();
            }
        });
        assertThat(failures).singleElement().satisfies(e -> assertState(e, "40P01"));
        assertThat(events.read(ONE).version()).isEqualTo(1);
        assertThat(events.read(TWO).version()).isEqualTo(1);
    }
}
