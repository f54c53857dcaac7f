package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.meowmx.AppendResult;
import org.meowmx.CurrentEvent;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.NotServingException;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.projection.Projections;
import org.meowmx.subscription.LiveOnly;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;

/** Only the version that serves has live effects, and none of them is lost or repeated by a switch. */
abstract class LiveEffectsOfVersionsContract {

    private static final String FIRST = "invoicing";
    private static final String SECOND = "invoicing@2";
    private static final StreamId ORDER = StreamId.of("order", "1");
    private static final StreamId INVOICES = StreamId.of("invoice", "1");

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Projections projections;

    @Inject
    Invoicing invoicing;

    /** Appends an invoice for each order, and sends a mail. */
    @ApplicationScoped
    static class Invoicing {

        private final List<String> mails = new CopyOnWriteArrayList<>();
        private final List<String> handled = new CopyOnWriteArrayList<>();
        private final List<AppendResult> results = new CopyOnWriteArrayList<>();
        private volatile boolean sendsReminders;
        private volatile boolean givesIds;

        @Inject
        EventStore events;

        @Inject
        CurrentEvent current;

        List<String> mails() {
            return mails;
        }

        List<String> handled() {
            return handled;
        }

        List<AppendResult> results() {
            return results;
        }

        void sendReminders() {
            sendsReminders = true;
        }

        void giveIds() {
            givesIds = true;
        }

        void first(@Observes @Subscribed(value = "invoicing", category = "order") RecordedEvent event) {
            invoice("1", event, false);
        }

        void second(@Observes @Subscribed(value = "invoicing", version = 2, category = "order") RecordedEvent event) {
            invoice("2", event, sendsReminders);
        }

        private void invoice(String version, RecordedEvent event, boolean withReminder) {
            handled.add(version + ":" + event.version() + (current.isReplay() ? " again" : ""));
            NewEvent invoice = NewEvent.of("invoiced", "{}");
            results.add(events.append(INVOICES, any(), givesIds ? invoice.withId(idFor(event)) : invoice));
            if (withReminder) {
                events.append(INVOICES, any(), NewEvent.of("reminded", "{}"));
            }
        }

        private static UUID idFor(RecordedEvent event) {
            return UUID.nameUUIDFromBytes(event.id().toString().getBytes(StandardCharsets.UTF_8));
        }

        void mailFirst(@Observes @Subscribed(value = "invoicing", category = "order") @LiveOnly RecordedEvent event) {
            mails.add("1:" + event.version());
        }

        void mailSecond(
                @Observes @Subscribed(value = "invoicing", version = 2, category = "order") @LiveOnly
                        RecordedEvent event) {
            mails.add("2:" + event.version());
        }
    }

    private void order(int times) {
        for (int i = 0; i < times; i++) {
            events.append(ORDER, any(), NewEvent.of("ordered", "{}"));
        }
    }

    private List<String> invoices() {
        List<String> data = new ArrayList<>();
        events.read(INVOICES).forEach(event -> data.add(event.type() + event.data()));
        return data;
    }

    @Test
    void a_version_that_is_built_gets_the_events_that_the_serving_one_appended() {
        order(2);
        subscriptions.catchUp(FIRST);
        List<String> before = invoices();
        assertThat(before).hasSize(2);

        subscriptions.catchUp(SECOND);

        assertThat(invoices()).isEqualTo(before);
        assertThat(invoicing.results().subList(2, 4))
                .allSatisfy(result -> assertThat(result.repeated()).isTrue())
                .extracting(AppendResult::position)
                .isEqualTo(invoicing.results().subList(0, 2).stream()
                        .map(AppendResult::position)
                        .toList());
        assertThat(invoicing.mails()).containsExactly("1:1", "1:2");
        assertThat(invoicing.handled()).containsExactly("1:1", "1:2", "2:1 again", "2:2 again");
    }

    @Test
    void a_version_that_is_built_cannot_append_anything_else() {
        invoicing.sendReminders();
        order(1);
        subscriptions.catchUp(FIRST);

        assertThatThrownBy(() -> subscriptions.catchUp(SECOND))
                .isInstanceOf(NotServingException.class)
                .hasMessageContaining("invoice/1")
                .hasMessageContaining("version 2 of projection 'invoicing' does not serve");
        assertThat(invoices()).hasSize(1);
    }

    @Test
    void ids_that_the_handler_gives_itself_are_recognised_too() {
        invoicing.giveIds();
        order(1);
        subscriptions.catchUp(FIRST);
        subscriptions.catchUp(SECOND);
        assertThat(invoices()).hasSize(1);
    }

    @Test
    void the_switch_moves_the_live_effects_between_two_events() {
        order(2);
        subscriptions.catchUp(FIRST);
        projections.switchTo("invoicing", 2);
        order(2);
        subscriptions.catchUp(SECOND);
        subscriptions.catchUp(FIRST);
        projections.switchTo("invoicing", 1);
        order(1);
        subscriptions.catchUp(FIRST);
        subscriptions.catchUp(SECOND);

        assertThat(invoicing.mails()).containsExactly("1:1", "1:2", "2:3", "2:4", "1:5");
        assertThat(invoices()).hasSize(5);
    }

    @Test
    void a_version_that_was_replayed_before_the_switch_repeats_no_effect_after_it() {
        order(3);
        subscriptions.catchUp(FIRST);
        subscriptions.catchUp(SECOND);
        subscriptions.replay(SECOND);
        subscriptions.catchUp(SECOND);
        projections.switchTo("invoicing", 2);
        subscriptions.replay(SECOND);
        subscriptions.catchUp(SECOND);
        order(1);
        subscriptions.catchUp(SECOND);

        assertThat(invoicing.mails()).containsExactly("1:1", "1:2", "1:3", "2:4");
        assertThat(invoices()).hasSize(4);
    }
}
