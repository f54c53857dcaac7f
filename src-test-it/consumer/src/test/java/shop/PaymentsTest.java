package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {Orders.class, Payments.class, Till.class})
class PaymentsTest {

    @Inject
    Orders orders;

    @Inject
    Payments payments;

    @Test
    void an_order_is_paid_once() {
        UUID id = UUID.randomUUID();
        orders.place(id, "ann", BigDecimal.TEN);
        payments.pay(id, BigDecimal.TEN);

        assertThatThrownBy(() -> payments.pay(id, BigDecimal.TEN)).isInstanceOf(Exception.class);

        assertThat(orders.history(id))
                .containsExactly(new OrderEvent.Placed("ann", BigDecimal.TEN), new OrderEvent.Paid(BigDecimal.TEN));
    }

    @Test
    void an_order_beyond_the_limit_is_not_placed() {
        UUID id = UUID.randomUUID();

        assertThatThrownBy(() -> orders.place(id, "ann", new BigDecimal(10_001)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(orders.history(id)).isEmpty();
    }
}
