package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.meowmx.Appended;
import org.meowmx.EventStore;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.contract.EvolutionContract.CustomerEvent;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;

/** Old events, observed as today's classes. */
abstract class EvolutionInObserversContract {

    private static final StreamId CUSTOMER = StreamId.of("customer", 1L);

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Handlers handlers;

    /** Observers of today's classes. */
    @ApplicationScoped
    static class Handlers {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        List<String> seen() {
            return seen;
        }

        void registered(@Observes @Subscribed("registered") CustomerEvent.Registered event, RecordedEvent recorded) {
            seen.add(event.name() + " by " + recorded.type());
        }

        void moved(@Observes @Subscribed("moved") CustomerEvent.Moved event) {
            seen.add("moved to " + event.street());
        }

        void all(@Observes @Subscribed("all") CustomerEvent event) {
            seen.add(event.toString());
        }

        void raw(@Observes @Subscribed("raw") RecordedEvent event) {
            seen.add(event.type());
        }

        void mixed(@Observes @Subscribed("raw") CustomerEvent.Renamed event) {
            seen.add(event.fullName());
        }

        void inline(@Observes @Appended CustomerEvent.Moved event) {
            seen.add("at once " + event.street());
        }
    }

    private RecordedEvent append(String type, String json) {
        return events.append(CUSTOMER, any(), NewEvent.of(type, json)).last();
    }

    private RecordedEvent append(String type, int version, String json) {
        NewEvent event = NewEvent.of(type, json).withMetadata(Metadata.SCHEMA_VERSION, Integer.toString(version));
        return events.append(CUSTOMER, any(), event).last();
    }

    @Test
    void an_old_name_reaches_the_observer_of_the_class_of_today() {
        append("customer-created", "{\"label\": \"ann\"}");
        append("customer-registered", "{\"name\": \"bo\"}");

        assertThat(subscriptions.catchUp("registered")).isEqualTo(2);
        assertThat(handlers.seen()).containsExactly("ann by customer-created", "bo by customer-registered");
    }

    @Test
    void an_observer_of_one_part_gets_it_out_of_the_event_that_is_split() {
        append("customer-changed", "{\"street\": \"main st\", \"name\": \"bo\"}");
        append("customer-changed", "{\"name\": \"cy\"}");
        append("customer-changed", 2, "{\"name\": \"of a version that is not split\"}");
        append("customer-viewed", "{}");
        handlers.seen().clear();

        assertThat(subscriptions.catchUp("moved")).as("stored events read").isEqualTo(3);
        assertThat(handlers.seen()).containsExactly("moved to main st");
    }

    @Test
    void an_observer_of_the_family_gets_every_part_in_order() {
        append("customer-changed", "{\"street\": \"main st\", \"name\": \"bo\"}");
        append("customer-viewed", "{}");
        handlers.seen().clear();

        subscriptions.catchUp("all");
        subscriptions.catchUp("raw");

        assertThat(handlers.seen())
                .containsExactly(
                        "Moved[street=main st]", "Renamed[fullName=bo]", "customer-changed", "bo", "customer-viewed");
    }

    @Test
    void an_inline_observer_gets_what_an_import_appends_as_it_is_read_today() {
        append("customer-changed", "{\"street\": \"main st\", \"name\": \"bo\"}");
        append("customer-viewed", "{}");

        assertThat(handlers.seen()).containsExactly("at once main st");
    }
}
