package org.meowmx.demo.domain;

import java.math.BigDecimal;
import java.time.Instant;

/** The commands for an order. */
public sealed interface OrderCommand {

    record Place(String customer, BigDecimal total) implements OrderCommand {}

    record Ship(Instant at) implements OrderCommand {}
}
