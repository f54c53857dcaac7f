package shop;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {Orders.class, ShippingList.class})
class ShippingListTest {

    @Inject
    Orders orders;

    @Inject
    ShippingList shipments;

    @Inject
    Subscriptions subscriptions;

    @Test
    void a_shipped_order_is_listed() {
        UUID id = UUID.randomUUID();
        orders.place(id, "ann", new BigDecimal("12.50"));
        orders.ship(id);

        subscriptions.catchUp("shipping-list");

        assertThat(shipments.all()).extracting(Shipment::orderId).containsExactly(id.toString());
        assertThat(orders.shipped()).hasSize(1);
    }

    @Test
    void a_replay_fills_the_list_anew() {
        UUID id = UUID.randomUUID();
        orders.place(id, "ann", new BigDecimal("12.50"));
        orders.ship(id);
        subscriptions.catchUp("shipping-list");

        subscriptions.replay("shipping-list");
        assertThat(shipments.all()).isEmpty();
        subscriptions.catchUp("shipping-list");

        assertThat(shipments.all()).hasSize(1);
    }
}
