package shop;

import java.math.BigDecimal;
import java.time.Instant;
import org.meowmx.EventType;

public sealed interface OrderEvent {

    @EventType("order-placed")
    record Placed(String customer, BigDecimal total) implements OrderEvent {}

    @EventType("order-paid")
    record Paid(BigDecimal amount) implements OrderEvent {}

    @EventType("order-shipped")
    record Shipped(Instant at) implements OrderEvent {}
}
