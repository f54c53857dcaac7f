package org.meowmx.tour;

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

@ApplicationScoped
public class Orders {

    @Inject
    EventStore events;

    @Transactional
    public void place(UUID id, String customer, BigDecimal total) {
        events.append(
                StreamId.of("order", id),
                ExpectedVersion.noStream(),
                NewEvent.of(new OrderEvent.Placed(customer, total)));
    }

    @Transactional
    public void ship(UUID id) {
        EventStream order = events.read(StreamId.of("order", id));
        events.append(
                order.id(),
                ExpectedVersion.exactly(order.version()),
                NewEvent.of(new OrderEvent.Shipped(Instant.now())));
    }
}
