package org.meowmx.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an order, folded from its events.
 *
 * @param shippedAt null while it is not shipped
 */
public record Order(
        String customer, BigDecimal total, @Nullable Instant shippedAt) {

    private static final Order NOTHING = new Order("", BigDecimal.ZERO, null);

    static Order of(List<OrderEvent> history) {
        Order order = NOTHING;
        for (OrderEvent event : history) {
            order = order.after(event);
        }
        return order;
    }

    private Order after(OrderEvent event) {
        if (event instanceof OrderEvent.Placed placed) {
            return new Order(placed.customer(), placed.total(), null);
        }
        return new Order(customer, total, ((OrderEvent.Shipped) event).at());
    }

    boolean isShipped() {
        return shippedAt != null;
    }
}
