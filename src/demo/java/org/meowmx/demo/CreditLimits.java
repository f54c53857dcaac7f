package org.meowmx.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.demo.domain.CreditEvent;

/** The credit limit of each customer: the last value that was set, or 1,000. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class CreditLimits {

    private static final BigDecimal USUAL = new BigDecimal("1000");

    @Inject
    EventStore events;

    /** Sets the limit of a customer. */
    @Transactional
    public void set(String customer, BigDecimal limit) {
        events.append(stream(customer), ExpectedVersion.any(), NewEvent.of(new CreditEvent.LimitSet(limit)));
    }

    BigDecimal of(String customer) {
        return events.read(stream(customer), StreamRange.all().backwards().limit(1))
                .first()
                .map(event -> event.as(CreditEvent.LimitSet.class).limit())
                .orElse(USUAL);
    }

    private static StreamId stream(String customer) {
        return StreamId.of("credit-limit", customer);
    }
}
