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

/** The store as an application uses it: the injected bean, with or without a transaction of the caller. */
final class Meowmx implements Contender {

    static final String NAME = "meowmx";
    static final String IN_TRANSACTION = "meowmx in the caller's transaction";

    /** How an append is called. */
    private interface Append {
        void append(StreamId stream, ExpectedVersion expected, List<NewEvent> placed);
    }

    private final Lab lab;
    private final Orders orders;
    private final String name;
    private final String category;
    private final Append append;

    /** @param category distinguishes the events of this contender from those of the other one in the same log */
    private Meowmx(Lab lab, Orders orders, String name, String category, Append append) {
        this.lab = lab;
        this.orders = orders;
        this.name = name;
        this.category = category;
        this.append = append;
    }

    /**
     * Appends without a transaction of the caller, so callers may share one.
     *
     * @param node has the bean {@link Orders}
     */
    static Meowmx sharing(Lab lab, Engine node) {
        return new Meowmx(lab, node.get(Orders.class), NAME, "shared", node.get(EventStore.class)::append);
    }

    /**
     * Appends in a JTA transaction of the caller.
     *
     * @param node has the bean {@link Orders}
     */
    static Meowmx inTransaction(Lab lab, Engine node) {
        Orders orders = node.get(Orders.class);
        return new Meowmx(lab, orders, IN_TRANSACTION, "order", orders::append);
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
        return name;
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
        append.append(
                StreamId.of(category, stream),
                expected,
                events.stream().map(NewEvent::of).toList());
    }

    /** Reads a stream, and returns the number of its events. */
    int read(String stream) {
        return orders.read(StreamId.of(category, stream)).events().size();
    }

    @Override
    public long stored() {
        return lab.number("select count(*) from meowmx_events where category = '%s'".formatted(category));
    }
}
