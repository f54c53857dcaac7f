package org.meowmx.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.aggregate.Decider;
import org.meowmx.aggregate.Repositories;
import org.meowmx.aggregate.Repository;
import org.meowmx.demo.domain.Order;
import org.meowmx.demo.domain.OrderCommand;
import org.meowmx.demo.domain.OrderEvent;
import org.meowmx.retry.RetriedOnConflict;

/** The operations on orders. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class Orders {

    @Inject
    EventStore events;

    @Inject
    Repository<OrderCommand, Order, OrderEvent> orders;

    @Produces
    @ApplicationScoped
    static Repository<OrderCommand, Order, OrderEvent> repository(Repositories repositories) {
        return repositories.of("order", OrderEvent.class, Decider.of(Order.NONE, Order::decide, Order::evolve));
    }

    /** Places a new order. */
    @Transactional
    public UUID place(String customer, BigDecimal total) {
        UUID id = UUID.randomUUID();
        orders.update(id, new OrderCommand.Place(customer, total));
        return id;
    }

    /**
     * Ships an order.
     *
     * @throws IllegalStateException if it is shipped already
     * @throws NoSuchElementException if the order does not exist
     */
    @RetriedOnConflict
    @Transactional(dontRollbackOn = {IllegalStateException.class, NoSuchElementException.class})
    public void ship(UUID id) {
        orders.update(id, new OrderCommand.Ship(Instant.now()));
    }

    /**
     * The history of an order.
     *
     * @throws NoSuchElementException if the order does not exist
     */
    public EventStream history(UUID id) {
        EventStream history = events.read(orders.stream(id.toString()));
        if (history.isEmpty()) {
            throw new NoSuchElementException("there is no such order");
        }
        return history;
    }
}
