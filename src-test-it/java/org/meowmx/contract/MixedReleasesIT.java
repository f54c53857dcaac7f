package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** A release adds an observer of one type to a subscription that receives every event. The other release lacks the observer. */
@MeowmxTest(
        beans = {MixedReleasesIT.Audit.class, Sql.class},
        database = PostgreSqlDatabase.class)
class MixedReleasesIT {

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Audit audit;

    @Inject
    Sql sql;

    /** The observers of this release. */
    @ApplicationScoped
    static class Audit {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        List<String> seen() {
            return seen;
        }

        void recorded(@Observes @Subscribed("audit") RecordedEvent event) {
            seen.add("recorded");
        }

        void shipped(@Observes @Subscribed("audit") OrderEvent.Shipped shipped) {
            seen.add("shipped");
        }
    }

    /** Registers another node that never sends a heartbeat. */
    private void anotherNodeAsks(String filter) {
        Jta.committed(() -> sql.run("""
                insert into meowmx_nodes (instance, name, release, filters, started_at, seen_at, beat)
                    values (gen_random_uuid(), 'other', '2.0', '{"audit": %s}', now(), now(), 0)""".formatted(filter)));
    }

    @BeforeEach
    void ship() {
        events.append(StreamId.of("order", 1L), any(), NewEvent.of(new OrderEvent.Shipped(Instant.EPOCH)));
    }

    @Test
    void the_node_that_lacks_an_observer_stays_away() {
        anotherNodeAsks("{\"types\": \"\\u001f\\u001forder-placed\\u001forder-shipped\\u001f\"}");

        assertThatThrownBy(() -> subscriptions.catchUp("audit")).isInstanceOf(SubscriptionBusyException.class);
        assertThat(audit.seen()).isEmpty();
        assertThat(subscriptions.status("audit").lagEvents())
                .as("every type counts as before")
                .isEqualTo(1);
    }

    @Test
    void the_node_that_has_an_observer_more_works_on() {
        anotherNodeAsks("{}");

        assertThat(subscriptions.catchUp("audit")).isEqualTo(1);
        assertThat(audit.seen()).containsExactlyInAnyOrder("recorded", "shipped");
    }
}
