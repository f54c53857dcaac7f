package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.TypedEvent;

/** Reads the log and streams in all ways that the guide shows. */
@ApplicationScoped
public class Reports {

    @Inject
    EventStore events;

    /** What was paid in a period, with the orders. */
    public List<String> paid(Instant from, Instant until) {
        LogQuery period = events.between(LogQuery.category("order"), from, until);
        try (Stream<TypedEvent<OrderEvent.Paid>> paid = events.scan(period, OrderEvent.Paid.class)) {
            return paid.map(event ->
                            event.recorded().stream().id() + " " + event.data().amount())
                    .toList();
        }
    }

    /** The total of an order, from all events of the family. */
    public BigDecimal paid(StreamId order) {
        return events.scan(order, StreamRange.all(), OrderEvent.class)
                .map(TypedEvent::data)
                .filter(OrderEvent.Paid.class::isInstance)
                .map(event -> ((OrderEvent.Paid) event).amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A long stream page by page, newest first. */
    public List<RecordedEvent> newestFirst(StreamId order) {
        List<RecordedEvent> found = new ArrayList<>();
        StreamRange rest = StreamRange.all().backwards();
        while (rest != null) {
            EventStream page = events.readPage(order, rest);
            found.addAll(page.events());
            rest = page.next(rest); // null at the end
        }
        return found;
    }
}
