package shop;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.IdempotencyKey;
import org.meowmx.Metadata;
import org.meowmx.StreamId;
import org.meowmx.aggregate.CommandContext;
import org.meowmx.aggregate.Decider;
import org.meowmx.aggregate.Repositories;
import org.meowmx.aggregate.Repository;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class RepeatedCommandTest {

    record Ship(Instant at) {}

    private static final Decider<Ship, Boolean, OrderEvent> SHIPPING = Decider.of(
            false,
            (ship, shipped) -> {
                if (shipped) {
                    throw new IllegalStateException("the order is shipped already");
                }
                return List.of(new OrderEvent.Shipped(ship.at()));
            },
            (shipped, event) -> shipped || event instanceof OrderEvent.Shipped);

    @Inject
    Repositories repositories;

    @Inject
    EventStore events;

    private final UUID id = UUID.randomUUID();
    private final Instant now = Instant.now();
    private Repository<Ship, Boolean, OrderEvent> orders;

    @BeforeEach
    void createRepository() {
        orders = repositories.of("order", OrderEvent.class, SHIPPING);
    }

    @Test
    void a_repeated_command_is_not_decided_again() {
        UUID key = UUID.randomUUID();
        for (int i = 0; i < 2; i++) {
            orders.update(id, new Ship(now), CommandContext.once(IdempotencyKey.of(key)));
        }

        assertThat(events.read(StreamId.of("order", id)).version()).isEqualTo(1);
    }

    @Test
    void the_events_have_the_metadata_of_the_command() {
        orders.update(id, new Ship(now), CommandContext.of(Metadata.of("reason", "express")));

        assertThat(events.read(StreamId.of("order", id))
                        .events()
                        .get(0)
                        .metadata()
                        .get("reason"))
                .contains("express");
    }
}
