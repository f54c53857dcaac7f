package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;

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
        EventStream order = events.read(StreamId.of("order", id)); // unknown: empty, version 0
        if (order.isEmpty() || order.events().stream().anyMatch(event -> event.is(OrderEvent.Shipped.class))) {
            throw new IllegalStateException("An order can be shipped once, after it was placed");
        }
        events.append(
                order.id(),
                ExpectedVersion.exactly(order.version()),
                NewEvent.of(new OrderEvent.Shipped(Instant.now())));
    }

    public List<OrderEvent> history(UUID id) {
        return events.read(StreamId.of("order", id)).as(OrderEvent.class);
    }

    public EventStream asOf(UUID id, Instant time) {
        return events.read(StreamId.of("order", id), StreamRange.all().asOf(time));
    }

    public Stream<RecordedEvent> shipped() {
        return events.scan(LogQuery.category("order").types(OrderEvent.Shipped.class)); // lazily
    }
}
