package org.meowmx.demo.domain;

import java.math.BigDecimal;
import java.time.Instant;
import org.meowmx.EventType;

/** The events of an order. */
public sealed interface OrderEvent {

    @EventType("order-placed")
    record Placed(String customer, BigDecimal total) implements OrderEvent {}

    @EventType("order-shipped")
    record Shipped(Instant at) implements OrderEvent {}
}
