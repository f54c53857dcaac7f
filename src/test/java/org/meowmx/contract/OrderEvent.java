package org.meowmx.contract;

import java.math.BigDecimal;
import java.time.Instant;
import org.meowmx.EventType;

/** The events that the contracts write. */
public sealed interface OrderEvent {

    @EventType("order-placed")
    record Placed(String customer, BigDecimal total) implements OrderEvent {}

    @EventType("order-shipped")
    record Shipped(Instant at) implements OrderEvent {}
}
