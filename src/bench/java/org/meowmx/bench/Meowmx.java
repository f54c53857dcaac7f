package org.meowmx.bench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.Engine;

/** The store as an application uses it: the injected bean, in JTA transactions of the caller's. */
final class Meowmx implements Contender {

    static final String NAME = "meowmx";

    private final Lab lab;
    private final Orders orders;

    /** @param node has the bean {@link Orders} */
    Meowmx(Lab lab, Engine node) {
        this.lab = lab;
        this.orders = node.get(Orders.class);
    }

    /** A bean of an application. */
    @ApplicationScoped
    static class Orders {

        @Inject
        EventStore events;

        @Transactional
        void append(StreamId stream, ExpectedVersion expected, List<NewEvent> placed) {
            events.append(stream, expected, placed);
        }

        @Transactional
        EventStream read(StreamId stream) {
            return events.read(stream);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void create(String stream, List<OrderPlaced> events) {
        append(stream, ExpectedVersion.noStream(), events);
    }

    @Override
    public void append(String stream, long lastVersion, OrderPlaced event) {
        append(stream, ExpectedVersion.exactly(lastVersion), List.of(event));
    }

    private void append(String stream, ExpectedVersion expected, List<OrderPlaced> events) {
        orders.append(
                StreamId.of("order", stream),
                expected,
                events.stream().map(NewEvent::of).toList());
    }

    /** Reads a stream; returns how many events it has. */
    int read(String stream) {
        return orders.read(StreamId.of("order", stream)).events().size();
    }

    @Override
    public long stored() {
        return lab.number("select count(*) from meowmx_events");
    }
}
