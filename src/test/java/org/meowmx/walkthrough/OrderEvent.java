package org.meowmx.walkthrough;

import java.math.BigDecimal;
import java.time.Instant;
import org.meowmx.EventType;

/** Orders, after three changes. */
public sealed interface OrderEvent {

    /** A field was added. */
    @EventType(value = "order-placed", version = 2)
    record Placed(String customer, BigDecimal total, String currency) implements OrderEvent {}

    /** It was renamed. */
    @EventType(value = "order-shipped", aliases = "order-sent")
    record Shipped(Instant at) implements OrderEvent {}

    /** One of two parts of what was "order-changed". */
    @EventType("order-redirected")
    record Redirected(String street) implements OrderEvent {}

    /** The other part of "order-changed". */
    @EventType("order-annotated")
    record Annotated(String note) implements OrderEvent {}
}
