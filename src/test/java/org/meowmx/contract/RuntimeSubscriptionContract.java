package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.meowmx.InvalidEventException;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.lease.ExternalSubscription;
import org.meowmx.subscription.lease.Lease;
import org.meowmx.subscription.lease.LeaseRequest;
import org.meowmx.subscription.lease.Leases;

/** Subscriptions that code declares at run time. */
abstract class RuntimeSubscriptionContract {

    static final String ENABLED = "meowmx.subscription.enabled=true";
    static final String RENAMED = "meowmx.subscription.successor.renamed-from=mailer";

    private static final String NAME = "tenant-7";

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Leases leases;

    private final List<String> handled = new CopyOnWriteArrayList<>();

    /** An ordinary subscription. */
    @ApplicationScoped
    static class Observer {
        void observed(@Observes @Subscribed("observed") RecordedEvent event) {}
    }

    private void append(String category, String type) {
        events.append(StreamId.of(category, "1"), any(), NewEvent.of(type, "{}"));
    }

    private void handle(RecordedEvent event) {
        handled.add(event.type());
    }

    private void subscribe() {
        subscriptions.subscribe(NAME, LogQuery.category("seven").types("a", "b"), this::handle);
    }

    private void awaitHandled(String... types) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(handled)
                .containsExactly(types));
    }

    @Test
    void its_handler_gets_the_events_of_its_query() {
        append("seven", "a");
        append("eight", "a");
        append("seven", "c");
        subscribe();
        awaitHandled("a");
        append("seven", "b");
        awaitHandled("a", "b");

        assertThat(subscriptions.names()).contains(NAME);
        assertThat(subscriptions.status(NAME).declared()).isTrue();
        assertThat(subscriptions.status(NAME).external()).isFalse();
    }

    @Test
    void it_is_replayed_like_any_other() {
        subscribe();
        append("seven", "a");
        awaitHandled("a");
        subscriptions.replay(NAME);
        awaitHandled("a", "a");
        subscriptions.pause(NAME);
        subscriptions.reposition(NAME, ReadFrom.beginning());
        subscriptions.resume(NAME);
        awaitHandled("a", "a", "a");
    }

    @Test
    void it_continues_where_it_was_when_it_is_declared_again() {
        subscribe();
        append("seven", "a");
        awaitHandled("a");
        subscriptions.unsubscribe(NAME);
        assertThat(subscriptions.status(NAME).declared()).isFalse();
        append("seven", "b");
        assertThatThrownBy(() -> subscriptions.unsubscribe(NAME)).isInstanceOf(UnknownSubscriptionException.class);

        subscribe();
        awaitHandled("a", "b");
    }

    @Test
    void a_deleted_one_comes_back_only_on_purpose() {
        subscribe();
        append("seven", "a");
        awaitHandled("a");
        assertThatThrownBy(() -> subscriptions.delete(NAME)).isInstanceOf(SubscriptionConflictException.class);
        subscriptions.unsubscribe(NAME);
        subscriptions.delete(NAME);

        assertThatThrownBy(this::subscribe)
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("on purpose");
        subscriptions.resume(NAME);
        subscribe();
        awaitHandled("a", "a");
    }

    @Test
    void names_in_use_and_other_queries_are_refused() {
        subscribe();
        leases.declare(ExternalSubscription.of("mailer"));
        for (String name : List.of(NAME, "observed", "mailer")) {
            assertThatThrownBy(() -> subscriptions.subscribe(name, LogQuery.all(), event -> {}))
                    .isInstanceOf(SubscriptionConflictException.class);
        }
        assertThatThrownBy(() -> leases.declare(ExternalSubscription.of(NAME)))
                .isInstanceOf(SubscriptionConflictException.class);
        assertThatThrownBy(() -> subscriptions.subscribe("x", LogQuery.all().after(3), event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only a category and types");
        assertThat(subscriptions.names()).containsExactlyInAnyOrder(NAME, "observed");
    }

    @Test
    void it_continues_an_external_subscription_that_it_replaces() {
        leases.declare(ExternalSubscription.of("mailer"));
        append("seven", "a");
        append("seven", "b");
        Lease lease = leases.lease("mailer", new LeaseRequest(1, Duration.ofSeconds(30), "ann"))
                .orElseThrow();
        leases.acknowledge("mailer", lease.id());

        subscriptions.subscribe("successor", LogQuery.category("seven"), this::handle);
        awaitHandled("b");
        assertThat(subscriptions.status("successor").external()).isFalse();
        assertThatThrownBy(() -> leases.lease("successor", new LeaseRequest(1, Duration.ofSeconds(1), "ann")))
                .isInstanceOf(UnknownSubscriptionException.class);
    }

    @Test
    void the_name_of_a_version_is_refused() {
        assertThatThrownBy(() -> subscriptions.subscribe("tenant@2", LogQuery.all(), this::handle))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("'@'");
    }

    @Test
    void an_ended_one_is_not_caught_up() {
        subscribe();
        subscriptions.unsubscribe(NAME);
        append("seven", "a");
        assertThatThrownBy(() -> subscriptions.catchUp(NAME)).isInstanceOf(UnknownSubscriptionException.class);
        assertThat(handled).isEmpty();
    }
}
