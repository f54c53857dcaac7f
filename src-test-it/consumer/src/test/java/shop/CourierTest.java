package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.testkit.TestClock;

@MeowmxTest(
        beans = {Orders.class, Courier.class},
        config = {
            "meowmx.subscription.enabled=true",
            "meowmx.subscription.courier.retry-delay=PT1H",
            "meowmx.subscription.courier.max-retry-delay=PT1H"
        })
class CourierTest {

    @Inject
    Orders orders;

    @Inject
    Courier courier;

    @Inject
    EventStore events;

    @Inject
    Subscriptions subscriptions;

    @Inject
    TestClock clock;

    @Test
    void a_courier_who_was_away_is_called_again() {
        courier.leave();
        orders.place(UUID.randomUUID(), "ann", BigDecimal.TEN);
        await().until(() -> subscriptions.status("courier").state() == State.FAILING);

        courier.comeBack();
        clock.advance(Duration.ofHours(1));

        assertThat(subscriptions.await("courier", events.highWaterMark(), Duration.ofSeconds(10)))
                .isTrue();
    }
}
