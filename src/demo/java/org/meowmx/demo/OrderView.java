package org.meowmx.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStream;
import org.meowmx.RecordedEvent;
import org.meowmx.demo.domain.Order;
import org.meowmx.demo.domain.OrderEvent;

/** An order as a client sees it: its state and its history. It has getters, because JSON-B 3.0 does not write records. */
public class OrderView {

    private final Order order;
    private final EventStream history;

    OrderView(Order order, EventStream history) {
        this.order = order;
        this.history = history;
    }

    static OrderView of(EventStream history) {
        Order order = Order.NONE;
        for (OrderEvent event : history.as(OrderEvent.class)) {
            order = Order.evolve(order, event);
        }
        return new OrderView(order, history);
    }

    public String getId() {
        return history.id().id();
    }

    public String getCustomer() {
        return order.customer();
    }

    public BigDecimal getTotal() {
        return order.total();
    }

    public @Nullable Instant getShippedAt() {
        return order.shippedAt();
    }

    public long getVersion() {
        return history.version();
    }

    public List<Step> getHistory() {
        return history.events().stream().map(Step::new).toList();
    }

    /** One event of the history. */
    public static class Step {

        private final RecordedEvent event;

        Step(RecordedEvent event) {
            this.event = event;
        }

        public long getVersion() {
            return event.version();
        }

        public String getType() {
            return event.type();
        }

        public Instant getRecordedAt() {
            return event.recordedAt();
        }
    }
}
