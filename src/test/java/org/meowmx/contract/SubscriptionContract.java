package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;

/** A simple subscription: observers, one checkpoint, one transaction per batch. */
abstract class SubscriptionContract {

    private static final StreamId ORDER = StreamId.of("order", 1L);

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Handlers handlers;

    /** A request-scoped bean. */
    @RequestScoped
    static class Request {
        String name() {
            return "in a request";
        }
    }

    /** The observers of the contract. */
    @ApplicationScoped
    static class Handlers {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private volatile Runnable during = () -> {};

        List<String> seen() {
            return seen;
        }

        void doDuring(Runnable work) {
            during = work;
        }

        @Inject
        EventStore events;

        void list(@Observes @Subscribed("list") OrderEvent.Shipped shipped, RecordedEvent recorded, Request request) {
            seen.add("shipped v" + recorded.version() + " " + request.name());
            events.append(StreamId.of("shipment", recorded.stream().id()), any(), NewEvent.of("listed", "{}"));
            during.run();
        }

        void audit(@Observes @Subscribed(value = "audit", category = "order") RecordedEvent event) {
            seen.add("audit " + event.type());
        }

        void mixedTyped(@Observes @Subscribed("mixed") OrderEvent.Placed placed) {
            seen.add("typed " + placed.customer());
        }

        void mixedFamily(@Observes @Priority(1) @Subscribed("mixed") OrderEvent event) {
            seen.add("family");
        }

        void mixedRaw(@Observes @Subscribed("mixed") RecordedEvent event) {
            seen.add("raw " + event.type());
        }
    }

    private void place(String customer) {
        events.append(ORDER, any(), NewEvent.of(new OrderEvent.Placed(customer, BigDecimal.ONE)));
    }

    private void ship() {
        events.append(ORDER, any(), NewEvent.of(new OrderEvent.Shipped(Instant.EPOCH)));
    }

    @Test
    void naming_a_subscription_creates_it() {
        assertThat(subscriptions.names()).containsExactlyInAnyOrder("list", "audit", "mixed");
        assertThatThrownBy(() -> subscriptions.catchUp("unknown"))
                .isInstanceOfSatisfying(UnknownSubscriptionException.class, e -> assertThat(e.subscription())
                        .isEqualTo("unknown"));
    }

    @Test
    void events_are_delivered_once_and_in_order() {
        place("ann");
        ship();
        place("bo");

        assertThat(subscriptions.catchUp("list")).isEqualTo(1);
        assertThat(subscriptions.catchUp("list")).isZero();
        ship();
        assertThat(subscriptions.catchUp("list")).isEqualTo(1);
        assertThat(handlers.seen()).containsExactly("shipped v2 in a request", "shipped v4 in a request");
    }

    @Test
    void what_a_subscription_does_not_ask_for_is_passed_by_once() {
        ship();
        subscriptions.catchUp("list");
        for (int i = 0; i < 20; i++) {
            place("ann");
        }
        assertThat(subscriptions.catchUp("list")).isZero();

        assertThat(subscriptions.status("list").position())
                .as("the next turn does not look at them again")
                .isEqualTo(events.highWaterMark());
        assertThat(handlers.seen())
                .filteredOn(seen -> seen.startsWith("shipped"))
                .hasSize(1);
    }

    @Test
    void a_category_filters_events_of_every_type() {
        place("ann");
        events.append(StreamId.of("other", 1L), any(), NewEvent.of("noted", "{}"));
        events.append(ORDER, any(), NewEvent.of("of-no-class", "{}"));

        assertThat(subscriptions.catchUp("audit")).isEqualTo(2);
        assertThat(handlers.seen()).containsExactly("audit order-placed", "audit of-no-class");
    }

    @Test
    void observers_of_one_subscription_are_called_as_recorded_first_and_then_by_priority() {
        place("ann");
        events.append(ORDER, any(), NewEvent.of("of-no-class", "{}"));

        subscriptions.catchUp("mixed");

        assertThat(handlers.seen()).containsExactly("raw order-placed", "family", "typed ann", "raw of-no-class");
    }

    @Test
    void what_a_handler_writes_commits_with_the_checkpoint() {
        ship();
        handlers.doDuring(() -> {
            throw new IllegalStateException("poison");
        });
        assertThatThrownBy(() -> subscriptions.catchUp("list")).hasStackTraceContaining("poison");
        assertThat(events.read(StreamId.of("shipment", 1L)).isEmpty()).isTrue();

        handlers.doDuring(() -> {
            throw new AssertionError("poison");
        });
        assertThatThrownBy(() -> subscriptions.catchUp("list")).hasStackTraceContaining("poison");
        assertThat(events.read(StreamId.of("shipment", 1L)).isEmpty()).isTrue();

        handlers.doDuring(() -> {});
        assertThat(subscriptions.catchUp("list")).isEqualTo(1);
        assertThat(events.read(StreamId.of("shipment", 1L)).version()).isEqualTo(1);
        assertThat(subscriptions.catchUp("list")).isZero();
    }

    @Test
    void what_a_handler_appends_is_a_consequence_of_what_it_handles() {
        ship();
        subscriptions.catchUp("list");

        assertThat(events.read(StreamId.of("shipment", 1L))
                        .last()
                        .orElseThrow()
                        .metadata()
                        .causationId())
                .contains(events.read(ORDER).last().orElseThrow().id());
    }

    @Test
    void a_long_log_is_handled_in_several_batches() {
        for (int i = 0; i < 3; i++) {
            events.append(ORDER, any(), java.util.Collections.nCopies(400, NewEvent.of("noted", "{}")));
        }
        assertThat(subscriptions.catchUp("audit")).isEqualTo(1_200);
        assertThat(handlers.seen()).hasSize(1_200);
        assertThat(subscriptions.catchUp("audit")).isZero();
    }

    @Test
    void a_data_problem_stops_the_subscription_and_names_the_event() {
        events.append(ORDER, any(), NewEvent.of("order-shipped", "{\"at\": \"never\"}"));

        assertThatThrownBy(() -> subscriptions.catchUp("list")).hasMessageContaining("order-shipped order/1 v1");
        assertThat(handlers.seen()).isEmpty();
    }

    @Test
    void a_second_worker_finds_the_subscription_busy_and_does_not_wait() throws Exception {
        ship();
        CountDownLatch inHandler = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        handlers.doDuring(() -> {
            inHandler.countDown();
            await(goOn);
        });
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Long> handled = other.submit(() -> subscriptions.catchUp("list"));
            await(inHandler);
            assertThatThrownBy(() -> subscriptions.catchUp("list")).isInstanceOf(SubscriptionBusyException.class);
            goOn.countDown();
            assertThat(handled.get()).isEqualTo(1);
        } finally {
            goOn.countDown();
            other.shutdownNow();
        }
        assertThat(handlers.seen()).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new IllegalStateException("the other thread did not come");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
