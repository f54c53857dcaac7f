package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.transaction.ClaimTransaction;

/** A node of a newer release, which requests more events, starts and crashes. */
@MeowmxTest(
        beans = {RollingDeploymentIT.Notes.class, Sql.class},
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.poll-interval=PT0.05S",
            "meowmx.subscription.heartbeat=PT0.2S"
        },
        database = PostgreSqlDatabase.class)
class RollingDeploymentIT {

    private static final String TYPES = "select types from meowmx_checkpoints where subscription = 'list'";

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    ClaimTransaction claimTransaction;

    @Inject
    Notes notes;

    @Inject
    Sql sql;

    @EventType("noted")
    record Noted(String text) {}

    /** The events that this release requests. */
    @ApplicationScoped
    static class Notes {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        void on(@Observes @Subscribed("list") Noted noted) {
            seen.add(noted.text());
        }

        List<String> seen() {
            return seen;
        }
    }

    private boolean checkpointHas(String type) {
        return claimTransaction.run(() -> sql.value(TYPES)).toString().contains(type);
    }

    private void sendHeartbeatOfNewerNode() {
        claimTransaction.run(() -> sql.run("update meowmx_nodes set beat = beat + 1 where name = 'newer'"));
    }

    @Test
    void a_node_sends_heartbeats_while_it_waits_for_a_turn_to_change_a_filter() {
        claimTransaction.run(() -> {
            sql.run("select from meowmx_checkpoints for update");
            registerNewerNode();
            Awaitility.await()
                    .until(() ->
                            claimTransaction.run(() -> sql.number("select count(*) from pg_locks where not granted"))
                                    > 0);
            long beat = beat();
            Awaitility.await().until(() -> beat() > beat + 3);
            return beat;
        });
    }

    private long beat() {
        return claimTransaction.run(() -> sql.number("select beat from meowmx_nodes where name <> 'newer'"));
    }

    private void registerNewerNode() {
        claimTransaction.run(() -> sql.run("""
                insert into meowmx_nodes (instance, name, release, filters, started_at, seen_at, beat)
                    values (gen_random_uuid(), 'newer', '2.0', '{"list": {"types": "\\u001fadded\\u001fnoted\\u001f"}}',
                        now(), now(), 0)"""));
    }

    @Test
    void the_older_node_waits_for_the_newer_one_as_long_as_that_lives() {
        registerNewerNode();
        Awaitility.await().until(() -> checkpointHas("added"));
        events.append(StreamId.of("test", 1L), any(), NewEvent.of(new Noted("a")));

        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    sendHeartbeatOfNewerNode();
                    return notes.seen().isEmpty();
                });

        Awaitility.await().until(() -> notes.seen().equals(List.of("a")));
        assertThat(checkpointHas("added")).isFalse();
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(subscriptions.nodes())
                .as("its row is deleted some time later")
                .singleElement()
                .satisfies(node -> assertThat(node.alive()).isTrue()));
    }
}
