package org.meowmx.demo.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.meowmx.demo.domain.OrderCommand.Place;
import org.meowmx.demo.domain.OrderCommand.Ship;
import org.meowmx.demo.domain.OrderEvent.Placed;
import org.meowmx.demo.domain.OrderEvent.Shipped;

/**
 * The state of an order, and how it changes.
 *
 * @param customer the customer; empty before the order is placed
 * @param shippedAt the time of shipping; null if the order is not shipped
 */
public record Order(
        String customer, BigDecimal total, @Nullable Instant shippedAt) {

    public static final Order NONE = new Order("", BigDecimal.ZERO, null);

    /**
     * The events that a command leads to.
     *
     * @throws IllegalStateException if the order exists already or is shipped already
     * @throws NoSuchElementException if the order to ship was never placed
     */
    public static List<OrderEvent> decide(OrderCommand command, Order order) {
        if (command instanceof Place place) {
            return order.place(place);
        }
        return order.ship((Ship) command);
    }

    private List<OrderEvent> place(Place place) {
        if (isPlaced()) {
            throw new IllegalStateException("the order is placed already");
        }
        return List.of(new Placed(place.customer(), place.total()));
    }

    private List<OrderEvent> ship(Ship ship) {
        if (!isPlaced()) {
            throw new NoSuchElementException("there is no such order");
        }
        if (shippedAt != null) {
            throw new IllegalStateException("the order is shipped already");
        }
        return List.of(new Shipped(ship.at()));
    }

    public static Order evolve(Order order, OrderEvent event) {
        if (event instanceof Placed placed) {
            return new Order(placed.customer(), placed.total(), null);
        }
        return new Order(order.customer, order.total, ((Shipped) event).at());
    }

    private boolean isPlaced() {
        return !customer.isEmpty();
    }
}
