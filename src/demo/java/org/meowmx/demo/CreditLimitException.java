package org.meowmx.demo;

import java.math.BigDecimal;

/** The total of an order is above the credit limit of its customer. */
public class CreditLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CreditLimitException(BigDecimal total, BigDecimal limit) {
        super("a total of %s is above the limit of %s".formatted(total.toPlainString(), limit.toPlainString()));
    }
}
