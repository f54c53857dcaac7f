package shop.modelling;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.OrderEvent;
import shop.OrderEvent.Placed;
import shop.OrderEvent.Shipped;
import shop.modelling.OrderCommand.Place;
import shop.modelling.OrderCommand.Ship;

public record Order(String customer, @Nullable Instant shippedAt) {

    public static final Order NONE = new Order("", null);

    public static List<OrderEvent> decide(OrderCommand command, Order order) {
        if (command instanceof Place place) {
            return List.of(new Placed(place.customer(), place.total()));
        }
        if (order.shippedAt != null) {
            throw new IllegalStateException("the order is shipped already");
        }
        return List.of(new Shipped(((Ship) command).at()));
    }

    public static Order evolve(Order order, OrderEvent event) {
        if (event instanceof Placed placed) {
            return new Order(placed.customer(), null);
        }
        return event instanceof Shipped shipped ? new Order(order.customer, shipped.at()) : order;
    }
}
