package org.meowmx.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.testkit.Scenario.given;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.meowmx.EventType;
import org.meowmx.aggregate.Aggregate;
import org.meowmx.aggregate.Decider;
import org.meowmx.walkthrough.Order.OrderCommand;
import org.meowmx.walkthrough.Order.OrderCommand.Ship;

class ScenarioTest {

    private static final Decider<OrderCommand, Order, OrderEvent> ORDER =
            Decider.of(Order.NONE, Order::decide, Order::evolve);

    private static final OrderEvent PLACED = new OrderEvent.Placed("ann", new BigDecimal("12.50"), "EUR");
    private static final OrderEvent SHIPPED = new OrderEvent.Shipped(Instant.EPOCH);

    @Test
    void an_order_is_placed() {
        given(ORDER)
                .when(new OrderCommand.Place("ann", new BigDecimal("12.50")))
                .then(PLACED)
                .thenState(new Order("ann", false));
    }

    @Test
    void an_order_is_shipped_once() {
        given(ORDER, PLACED).when(new Ship(Instant.EPOCH)).then(SHIPPED);
        given(ORDER, PLACED, SHIPPED).when(new Ship(Instant.EPOCH)).thenRefused(IllegalStateException.class);
    }

    @Test
    void a_failure_shows_what_was_given_and_what_came_of_it() {
        assertThatThrownBy(
                        () -> given(ORDER, PLACED).when(new Ship(Instant.EPOCH)).thenNothing())
                .hasMessage("""

                        given  Placed[customer=ann, total=12.50, currency=EUR]
                        when   Ship[at=1970-01-01T00:00:00Z]
                        then   expected  nothing
                               but was   Shipped[at=1970-01-01T00:00:00Z]""");
        assertThatThrownBy(() -> given(ORDER, PLACED, SHIPPED)
                        .when(new Ship(Instant.EPOCH))
                        .then(SHIPPED))
                .hasMessageEndingWith("""
                        when   Ship[at=1970-01-01T00:00:00Z]
                        then   expected  Shipped[at=1970-01-01T00:00:00Z]
                               but was   refused by java.lang.IllegalStateException: the order is shipped already""")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> given(ORDER, PLACED).when(new Ship(Instant.EPOCH)).thenRefused(RuntimeException.class))
                .hasMessageContaining("expected  refused by java.lang.RuntimeException");
    }

    @EventType("counted")
    record Counted(int by) {}

    /** An object with behaviour. */
    static class Counter extends Aggregate<Counted> {
        private int sum;

        void count(int by) {
            if (sum + by > 10) {
                throw new IllegalArgumentException("too much");
            }
            raise(new Counted(by));
        }

        int sum() {
            return sum;
        }

        @Override
        protected void apply(Counted event) {
            sum += event.by();
        }
    }

    @Test
    void an_aggregate_is_tested_in_the_same_way() {
        var counter = Decider.<Counter, Counted>aggregate(Counter::new);

        given(counter, new Counted(3)).when(c -> c.count(4)).then(new Counted(4));
        given(counter, new Counted(9)).when(c -> c.count(4)).thenRefused(IllegalArgumentException.class);
        assertThat(given(counter, new Counted(3)).when(c -> c.count(4)).state().sum())
                .isEqualTo(7);
        assertThatThrownBy(() ->
                        given(counter, new Counted(3)).when(c -> c.count(4)).thenNothing())
                .hasMessageContaining("when   a call of the aggregate");
    }
}
