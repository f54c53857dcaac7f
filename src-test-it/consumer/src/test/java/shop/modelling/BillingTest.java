package shop.modelling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.subscription.Subscribed;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.testkit.SubscriptionScenario;
import shop.OrderEvent.Placed;

@MeowmxTest(beans = BillingTest.Billing.class)
class BillingTest {

    @EventType("invoice-sent")
    record InvoiceSent(String customer) {}

    @ApplicationScoped
    static class Billing {

        @Inject
        EventStore events;

        void bill(@Observes @Subscribed("billing") Placed placed, RecordedEvent recorded) {
            events.append(
                    StreamId.of("invoice", recorded.stream().id()),
                    ExpectedVersion.noStream(),
                    NewEvent.of(new InvoiceSent(placed.customer())));
        }
    }

    private final StreamId order = StreamId.of("order", 1);
    private final StreamId invoice = StreamId.of("invoice", 1);

    @Inject
    SubscriptionScenario scenario;

    @Test
    void a_placed_order_is_billed() {
        scenario.given(order, new Placed("ann", BigDecimal.TEN))
                .whenCaughtUp("billing")
                .thenAppended(invoice, new InvoiceSent("ann"));
    }
}
