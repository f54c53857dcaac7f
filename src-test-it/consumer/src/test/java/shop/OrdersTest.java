package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.testkit.InMemoryEventStore;

class OrdersTest {

    private final InMemoryEventStore events = new InMemoryEventStore();
    private final Orders orders = new Orders();

    @BeforeEach
    void inMemory() {
        orders.events = events;
    }

    @Test
    void an_order_is_placed_only_once() {
        UUID id = UUID.randomUUID();
        orders.place(id, "ann", BigDecimal.TEN);

        assertThatThrownBy(() -> orders.place(id, "bo", BigDecimal.ONE))
                .isInstanceOf(WrongExpectedVersionException.class);
        assertThat(orders.history(id)).containsExactly(new OrderEvent.Placed("ann", BigDecimal.TEN));
    }
}
