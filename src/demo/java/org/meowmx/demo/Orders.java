package org.meowmx.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

/** What can be done with orders. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class Orders {

    @Inject
    EventStore events;

    /** Places a new order. */
    @Transactional
    public UUID place(String customer, BigDecimal total) {
        UUID id = UUID.randomUUID();
        events.append(stream(id), ExpectedVersion.noStream(), NewEvent.of(new OrderEvent.Placed(customer, total)));
        return id;
    }

    /**
     * Ships an order that is there and not shipped.
     *
     * @throws IllegalStateException when it is shipped already
     * @throws UnknownOrderException when there is no such order
     */
    @Transactional(dontRollbackOn = {IllegalStateException.class, UnknownOrderException.class})
    public void ship(UUID id) {
        EventStream history = history(id);
        if (Order.of(history.as(OrderEvent.class)).isShipped()) {
            throw new IllegalStateException("order " + id + " is shipped already");
        }
        events.append(
                history.id(),
                ExpectedVersion.exactly(history.version()),
                NewEvent.of(new OrderEvent.Shipped(Instant.now())));
    }

    /** Everything that happened to an order. */
    public EventStream history(UUID id) {
        EventStream history = events.read(stream(id));
        if (history.isEmpty()) {
            throw new UnknownOrderException(id);
        }
        return history;
    }

    private static StreamId stream(UUID id) {
        return StreamId.of("order", id);
    }
}
