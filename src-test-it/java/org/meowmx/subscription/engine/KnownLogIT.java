package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.contract.Session;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.engine.declaration.Backoff;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.OwnTransaction;

/** Promise no-skip: the known log of a node hides no event from it. */
@MeowmxTest(
        beans = {KnownLogIT.Reader.class, Sql.class},
        config = {"meowmx.subscription.enabled=false", "meowmx.subscription.notify=false"},
        database = PostgreSqlDatabase.class)
class KnownLogIT {

    private static final String NAME = "reader";

    @Inject
    SubscriptionEngine engine;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    OwnTransaction ownTransaction;

    @Inject
    ClaimTransaction claimTransaction;

    @Inject
    Database database;

    @Inject
    Sql sql;

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    private DueSegments poll;

    /** Reads one category. */
    @ApplicationScoped
    static class Reader {

        void see(@Observes @Subscribed(value = NAME, category = "wanted") RecordedEvent event) {}
    }

    @BeforeEach
    void begin() {
        Backoff backoff = engine.registry.settings(NAME).failures().backoff();
        poll = new DueSegments(
                em, ownTransaction, claimTransaction, events, engine.retryTimes, () -> name -> backoff, 0);
    }

    private long append(String category, int count) {
        return events.append(
                        StreamId.of(category, UUID.randomUUID()),
                        any(),
                        Collections.nCopies(count, NewEvent.of("noted", "{}")))
                .position();
    }

    /** Polls twice, because the second poll extends the known log by the events that the first has read. */
    private boolean isDue() {
        boolean due = !poll.find(List.of(NAME)).isEmpty();
        assertThat(!poll.find(List.of(NAME)).isEmpty()).isEqualTo(due);
        return due;
    }

    private long moveIdle() {
        IdleCheckpoints idle = new IdleCheckpoints(em, claimTransaction, database, engine.registry);
        return idle.move(poll);
    }

    private long position() {
        return subscriptions.status(NAME).position();
    }

    @Test
    void an_event_that_becomes_visible_late_is_found() {
        append("other", 10);
        assertThat(isDue()).isFalse();
        Session late = Session.begin();
        late.does(() -> append("wanted", 1));
        append("other", 6_000);
        assertThat(isDue()).isFalse();
        assertThat(poll.known().end()).as("not past the open append").isEqualTo(10);
        assertThat(moveIdle()).isZero();
        late.commit();

        assertThat(isDue()).isTrue();
        assertThat(subscriptions.catchUp(NAME)).isEqualTo(1);
        assertThat(isDue()).isFalse();
    }

    @Test
    void a_checkpoint_that_another_node_moves_back_is_due_again() {
        append("wanted", 3);
        append("other", 10);
        subscriptions.catchUp(NAME);
        assertThat(isDue()).isFalse();
        subscriptions.pause(NAME);
        subscriptions.reposition(NAME, ReadFrom.after(2));
        assertThat(isDue()).as("paused").isFalse();
        subscriptions.resume(NAME);

        assertThat(isDue()).isTrue();
        assertThat(subscriptions.catchUp(NAME)).isEqualTo(1);
    }

    @Test
    void an_idle_checkpoint_is_moved_to_a_known_event_without_a_turn() {
        long last = append("other", 6_000);
        assertThat(isDue()).isFalse();

        assertThat(moveIdle()).isEqualTo(1);
        assertThat(position()).isEqualTo(last);
        assertThat(moveIdle()).isZero();
    }

    @Test
    void an_idle_version_that_does_not_serve_is_not_moved_past_the_one_that_does() {
        append("other", 6_000);
        assertThat(isDue()).isFalse();
        claimTransaction.run(() -> sql.run("insert into meowmx_projections values ('reader', 2, now())"));
        assertThat(moveIdle()).isZero();

        claimTransaction.run(() -> sql.run("update meowmx_projections set serving = 1"));
        assertThat(moveIdle()).isEqualTo(1);
    }

    @Test
    void a_checkpoint_is_not_moved_if_it_was_moved_back_after_the_poll() {
        append("other", 3_000);
        append("wanted", 1);
        append("other", 6_000);
        subscriptions.catchUp(NAME);
        subscriptions.pause(NAME);
        subscriptions.reposition(NAME, ReadFrom.after(3_001));
        subscriptions.resume(NAME);
        assertThat(isDue()).isFalse();
        subscriptions.pause(NAME);
        subscriptions.reposition(NAME, ReadFrom.after(100));
        subscriptions.resume(NAME);

        assertThat(moveIdle()).isZero();
        assertThat(position()).isEqualTo(100);
        assertThat(isDue()).isTrue();
    }

    @Test
    void a_paused_or_claimed_checkpoint_is_not_moved() {
        append("other", 6_000);
        assertThat(isDue()).isFalse();
        subscriptions.pause(NAME);
        assertThat(moveIdle()).isZero();
        subscriptions.resume(NAME);
        long moved = claimTransaction.run(() -> {
            sql.run("select from meowmx_checkpoints for update");
            return moveIdle();
        });
        assertThat(moved).isZero();
        assertThat(position()).isZero();
    }

    @Test
    void a_log_that_lost_its_last_events_is_read_anew() {
        append("other", 100);
        long last = append("other", 6_000);
        assertThat(isDue()).isFalse();
        sql.asOwner("delete from meowmx_events where position > 50");
        sql.asOwner("select setval('meowmx_events_position_seq', 50)");
        assertThat(moveIdle()).as("the known event is gone").isZero();
        insert("wanted", 51, 60);
        insert("other", 61, last + 10);

        assertThat(isDue()).isTrue();
        assertThat(moveIdle()).isZero();
    }

    private void insert(String category, long from, long to) {
        sql.asOwner("""
                insert into meowmx_events
                    (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
                select gen_random_uuid(), '%s', cast(n as text), 1, 0, 'noted', '{}', '{}', now()
                from generate_series(%d, %d) as n""".formatted(category, from, to));
    }

    @Test
    void a_checkpoint_far_from_the_end_gets_a_turn_and_a_burst_is_not_read_as_a_whole() {
        append("other", 10);
        assertThat(isDue()).isFalse();
        long end = 0;
        for (int i = 0; i < 3; i++) {
            end = append("other", 10_000);
        }

        assertThat(isDue()).isTrue();
        assertThat(poll.known().end()).isEqualTo(end);
        subscriptions.catchUp(NAME);
        assertThat(isDue()).isFalse();
        append("wanted", 1);
        assertThat(isDue()).isTrue();
    }

    @Test
    void an_event_between_the_end_of_the_known_log_and_the_mark_is_not_hidden_by_a_rolled_back_one() {
        append("other", 1);
        sql.asOwner("select nextval('meowmx_events_position_seq')");
        assertThat(isDue()).isFalse();

        assertThat(events.highWaterMark()).isEqualTo(2);
        assertThat(poll.known().end())
                .as("a position without an event may be assigned again")
                .isEqualTo(1);
    }

    @Test
    void many_kinds_of_events_are_forgotten_from_the_beginning_on() {
        for (int i = 0; i < 3; i++) {
            events.append(
                    StreamId.of("other-" + i, 1L),
                    any(),
                    IntStream.range(0, 9_000)
                            .mapToObj(n -> NewEvent.of("type-" + n, "{}"))
                            .toList());
            isDue();
        }
        append("wanted", 1);

        assertThat(isDue()).isTrue();
        subscriptions.catchUp(NAME);
        assertThat(isDue()).isFalse();
    }
}
