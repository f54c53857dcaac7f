package org.meowmx.tour;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.LogQuery;
import org.meowmx.StreamId;
import org.meowmx.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {Orders.class, ShippingList.class})
class ShippingListTest {

    @Inject
    Orders orders;

    @Inject
    ShippingList shipments;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Test
    void a_replay_fills_the_list_anew() {
        UUID id = UUID.randomUUID();
        orders.place(id, "ann", new BigDecimal("12.50"));
        orders.ship(id);
        subscriptions.catchUp("shipping-list");

        subscriptions.replay("shipping-list", () -> {});
        assertThat(shipments.all()).isEmpty();
        subscriptions.catchUp("shipping-list");

        assertThat(shipments.all()).hasSize(1);
    }

    @Test
    void a_shipped_order_is_listed_once() {
        UUID id = UUID.randomUUID();
        orders.place(id, "ann", new BigDecimal("12.50"));
        assertThat(subscriptions.catchUp("shipping-list")).isZero();
        orders.ship(id);

        subscriptions.catchUp("shipping-list");
        subscriptions.catchUp("shipping-list");

        assertThat(shipments.all()).singleElement().satisfies(shipment -> assertThat(shipment.orderId())
                .isEqualTo(id.toString()));
        assertThat(events.read(StreamId.of("order", id)).as(OrderEvent.class)).hasSize(2);
        assertThat(events.scan(LogQuery.category("order").types(OrderEvent.Shipped.class)))
                .hasSize(1);
    }
}
