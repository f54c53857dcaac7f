package org.meowmx.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.demo.domain.CreditEvent;
import org.meowmx.demo.domain.OrderEvent;
import org.meowmx.subscription.Subscribed;

/**
 * A handler that appends: each order gets a grant, whose causation id is the id of the order's event. A total above the limit cannot be
 * granted. The order is then parked, and can be retried after the limit was raised.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class CreditCheck {

    @Inject
    EventStore events;

    @Inject
    CreditLimits limits;

    void grant(@Observes @Subscribed("credit-check") OrderEvent.Placed placed, RecordedEvent recorded) {
        String order = recorded.stream().id();
        BigDecimal limit = limits.of(placed.customer());
        if (placed.total().compareTo(limit) > 0) {
            throw new CreditLimitException(placed.total(), limit);
        }
        events.append(
                StreamId.of("credit", order),
                ExpectedVersion.noStream(),
                NewEvent.of(new CreditEvent.Granted(order, placed.total())).withId(grantOf(recorded)));
    }

    /** The same id for the same order, so a replay grants nothing twice. */
    private static UUID grantOf(RecordedEvent order) {
        return UUID.nameUUIDFromBytes(("grant " + order.id()).getBytes(StandardCharsets.UTF_8));
    }
}
