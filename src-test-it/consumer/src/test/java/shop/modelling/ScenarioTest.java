package shop.modelling;

import static org.meowmx.testkit.Scenario.given;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.meowmx.aggregate.Decider;
import shop.OrderEvent;
import shop.OrderEvent.Placed;
import shop.OrderEvent.Shipped;
import shop.modelling.AccountEvent.Deposited;
import shop.modelling.AccountEvent.Withdrawn;
import shop.modelling.OrderCommand.Ship;

class ScenarioTest {

    private static final Decider<OrderCommand, Order, OrderEvent> ORDER =
            Decider.of(Order.NONE, Order::decide, Order::evolve);
    private static final Decider<Consumer<Account>, Account, AccountEvent> ACCOUNT = Decider.aggregate(Account::new);

    private final BigDecimal total = new BigDecimal("12.50");
    private final Instant now = Instant.EPOCH;

    @Test
    void an_order_is_shipped_once() {
        given(ORDER, new Placed("ann", total)).when(new Ship(now)).then(new Shipped(now));
        given(ORDER, new Placed("ann", total), new Shipped(now))
                .when(new Ship(now))
                .thenRefused(IllegalStateException.class);
    }

    @Test
    void money_is_withdrawn() {
        given(ACCOUNT, new Deposited(500))
                .when(account -> account.withdraw(200))
                .then(new Withdrawn(200));
    }
}
