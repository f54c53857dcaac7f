package shop.modelling;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meowmx.CurrentEvent;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.EventPage;
import org.meowmx.subscription.LiveOnly;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;
import shop.OrderEvent.Placed;

@MeowmxTest(beans = {ReplayTest.Billing.class, ReplayTest.Mailbox.class})
class ReplayTest {

    @EventType("invoice-created")
    record InvoiceCreated(String customer) {}

    @EventType("points-earned")
    record PointsEarned(BigDecimal total) {}

    @ApplicationScoped
    static class Mailbox {

        private final List<String> sent = new ArrayList<>();

        void send(String customer, String text) {
            sent.add(text + " to " + customer);
        }

        List<String> sent() {
            return sent;
        }
    }

    @ApplicationScoped
    static class Billing {

        @Inject
        EventStore events;

        @Inject
        Mailbox mailbox;

        @Inject
        CurrentEvent currentEvent;

        private int again;

        void bill(@Observes @Subscribed("billing") Placed placed, RecordedEvent order) {
            events.append(
                    StreamId.of("invoice", order.stream().id()),
                    ExpectedVersion.noStream(),
                    NewEvent.of(new InvoiceCreated(placed.customer())));
        }

        void mail(@Observes @Subscribed("billing") @LiveOnly Placed placed) {
            mailbox.send(placed.customer(), "your invoice");
        }

        void count(@Observes @Subscribed("billing") Placed placed) {
            if (currentEvent.isReplay()) {
                again++;
            }
        }

        void points(@Observes @Subscribed("points") EventPage page) {
            for (RecordedEvent order : page.events()) {
                if (order.type().equals("order-placed")) {
                    currentEvent.during(order, () -> earn(order.as(Placed.class)));
                }
            }
        }

        private void earn(Placed placed) {
            StreamId account = StreamId.of("points", placed.customer());
            events.append(account, ExpectedVersion.any(), NewEvent.of(new PointsEarned(placed.total())));
        }

        int again() {
            return again;
        }
    }

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Billing billing;

    @Inject
    Mailbox mailbox;

    @Test
    void a_replay_sends_no_mail_and_stores_no_event_twice() {
        StreamId order = StreamId.of("order", 1);
        events.append(order, ExpectedVersion.noStream(), NewEvent.of(new Placed("ann", BigDecimal.TEN)));
        for (String subscription : List.of("billing", "points")) {
            subscriptions.catchUp(subscription);
            subscriptions.replay(subscription);
            subscriptions.catchUp(subscription);
        }

        assertThat(mailbox.sent()).containsExactly("your invoice to ann");
        assertThat(billing.again()).isEqualTo(1);
        assertThat(events.read(StreamId.of("invoice", order.id())).version()).isEqualTo(1);
        assertThat(events.read(StreamId.of("points", "ann")).version()).isEqualTo(1);
    }
}
