package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.meowmx.LogQuery;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.State;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** The heartbeat searches for lost checkpoints while code declares subscriptions. */
@MeowmxTest(config = "meowmx.subscription.enabled=false")
class RuntimeSubscriptionsTest {

    private static final int SUBSCRIPTIONS = 60;

    @Inject
    SubscriptionEngine engine;

    @Inject
    Subscriptions subscriptions;

    @Test
    void a_subscription_that_is_declared_meanwhile_does_not_count_as_lost() {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> heartbeat = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                engine.creation.createLost();
            }
        });
        try {
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                engine.runtime.subscribe("tenant-" + i, LogQuery.category("tenant"), event -> {});
            }
        } finally {
            ended.set(true);
        }
        heartbeat.join();

        assertThat(subscriptions.list())
                .hasSize(SUBSCRIPTIONS)
                .extracting(SubscriptionStatus::state)
                .doesNotContain(State.PAUSED);
    }
}
