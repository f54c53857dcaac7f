package org.meowmx.walkthrough;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** A state and two functions; no import of anything but Java. */
public record Order(String customer, boolean shipped) {

    static final Order NONE = new Order("", false);

    static List<OrderEvent> decide(OrderCommand command, Order order) {
        if (command instanceof OrderCommand.Place place) {
            return List.of(new OrderEvent.Placed(place.customer(), place.total(), "EUR"));
        }
        if (order.shipped) {
            throw new IllegalStateException("the order is shipped already");
        }
        return List.of(new OrderEvent.Shipped(((OrderCommand.Ship) command).at()));
    }

    static Order evolve(Order order, OrderEvent event) {
        if (event instanceof OrderEvent.Placed placed) {
            return new Order(placed.customer(), order.shipped);
        }
        return event instanceof OrderEvent.Shipped ? new Order(order.customer, true) : order;
    }

    /** What may be asked of an order. */
    sealed interface OrderCommand {
        record Place(String customer, BigDecimal total) implements OrderCommand {}

        record Ship(Instant at) implements OrderCommand {}
    }
}
