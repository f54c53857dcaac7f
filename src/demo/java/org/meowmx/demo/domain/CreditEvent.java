package org.meowmx.demo.domain;

import java.math.BigDecimal;
import org.meowmx.EventType;

/** The events of a customer's credit. */
public sealed interface CreditEvent {

    /** Orders with a total up to this limit are granted. */
    @EventType("credit-limit-set")
    record LimitSet(BigDecimal limit) implements CreditEvent {}

    @EventType("credit-granted")
    record Granted(String order, BigDecimal total) implements CreditEvent {}
}
