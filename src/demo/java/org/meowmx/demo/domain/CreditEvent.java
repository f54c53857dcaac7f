package org.meowmx.demo.domain;

import java.math.BigDecimal;
import org.meowmx.EventType;

/** What can happen to the credit of a customer. */
public sealed interface CreditEvent {

    /** An order of a total up to the limit is granted. */
    @EventType("credit-limit-set")
    record LimitSet(BigDecimal limit) implements CreditEvent {}

    @EventType("credit-granted")
    record Granted(String order, BigDecimal total) implements CreditEvent {}
}
