package org.meowmx.walkthrough;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

@MeowmxTest(beans = SubscriptionScenarioTest.Billing.class)
class SubscriptionScenarioTest {

    private static final StreamId ORDER = StreamId.of("order", 1L);
    private static final StreamId INVOICE = StreamId.of("invoice", 1L);

    @Inject
    SubscriptionScenario scenario;

    @EventType("invoice-sent")
    record InvoiceSent(String customer) {}

    /** A subscription that appends. */
    @ApplicationScoped
    static class Billing {

        @Inject
        EventStore events;

        void bill(@Observes @Subscribed("billing") OrderEvent.Placed placed, RecordedEvent recorded) {
            if (placed.customer().equals("mallory")) {
                throw new IllegalStateException("no credit");
            }
            events.append(
                    StreamId.of("invoice", recorded.stream().id()),
                    ExpectedVersion.any(),
                    NewEvent.of(new InvoiceSent(placed.customer())));
        }
    }

    private static OrderEvent placedBy(String customer) {
        return new OrderEvent.Placed(customer, BigDecimal.TEN, "EUR");
    }

    @Test
    void a_placed_order_is_billed() {
        scenario.given(ORDER, placedBy("ann"))
                .whenCaughtUp("billing")
                .thenHandled(1)
                .thenAppended(INVOICE, new InvoiceSent("ann"));
    }

    @Test
    void an_order_that_cannot_be_billed_leaves_nothing() {
        scenario.given(ORDER, placedBy("mallory")).whenCaughtUp("billing").thenFailed(IllegalStateException.class);
    }

    @Test
    void a_failure_shows_what_was_given_and_what_came_of_it() {
        scenario.given(ORDER, placedBy("ann")).whenCaughtUp("billing");

        assertThatThrownBy(() -> scenario.thenAppended(INVOICE, new InvoiceSent("bo")))
                .hasMessage("""

                        given  order/1: Placed[customer=ann, total=10, currency=EUR]
                        when   'billing' has caught up
                        then   expected  invoice/1: InvoiceSent[customer=bo]
                               but was   invoice/1: InvoiceSent[customer=ann]""");
        assertThatThrownBy(() -> scenario.thenAppended(INVOICE))
                .hasMessageContaining("expected  invoice/1: nothing")
                .hasMessageContaining("invoice-sent {");
        assertThatThrownBy(() -> scenario.thenHandled(2)).hasMessageContaining("expected  2 events handled");
    }
}
