package org.meowmx.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.meowmx.server.Engine;

/** From the end of an append to the handler, at 50 appends per second; in the node that appends, or in another one. */
final class ArrivalWorkload implements Workload {

    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final boolean sameNode;
    private final double p50;
    private final double p99;

    private ArrivalWorkload(String name, boolean sameNode, double p50, double p99) {
        this.name = name;
        this.sameNode = sameNode;
        this.p50 = p50;
        this.p99 = p99;
    }

    static ArrivalWorkload sameNode() {
        return new ArrivalWorkload("arrival-same-node", true, 1.2, 5);
    }

    static ArrivalWorkload otherNode() {
        return new ArrivalWorkload("arrival-other-node", false, 5, 25);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome run(Lab lab) {
        lab.configure("meowmx.subscription.enabled", "true");
        int appends = lab.options().size(100, 500);
        Engine reader = lab.node(Meowmx.Orders.class, Arrivals.class);
        Engine writer = sameNode ? reader : lab.node(Meowmx.Orders.class);
        Arrivals arrivals = reader.get(Arrivals.class);
        Meowmx meowmx = Meowmx.inTransaction(lab, writer);
        Arrivals axonArrivals = new Arrivals();
        try (AxonNodes axon = AxonNodes.start(lab, sameNode, axonArrivals)) {
            Rounds rounds = new Rounds()
                    .with(() -> percentiles(Axon.JPA, appends, axonArrivals, axon::publish))
                    .with(() -> percentiles(
                            Meowmx.NAME,
                            appends,
                            arrivals,
                            stream -> meowmx.create(stream, List.of(OrderPlaced.example()))));
            return new Outcome(
                    name,
                    "from commit to handler, %s node, 50 appends/s".formatted(sameNode ? "same" : "other"),
                    "ms",
                    rounds.run(lab.options()),
                    List.of(
                            Target.atMost(p50, Meowmx.NAME + " p50"),
                            Target.atMost(p99, Meowmx.NAME + " p99"),
                            Target.atMost(lab.options().full() ? 1 : 1.2, Meowmx.NAME + " p50", Axon.JPA + " p50"),
                            Target.atMost(1.2, Meowmx.NAME + " p99", Axon.JPA + " p99")));
        }
    }

    private static Map<String, Double> percentiles(
            String contender, int appends, Arrivals arrivals, Consumer<String> append) {
        String[] streams = new String[appends];
        long[] committed = new long[appends];
        long next = System.nanoTime();
        for (int i = 0; i < appends; i++) {
            streams[i] = UUID.randomUUID().toString();
            append.accept(streams[i]);
            committed[i] = System.nanoTime();
            next += PACE;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        Awaitility.await().until(() -> arrivals.seen().keySet().containsAll(Arrays.asList(streams)));
        double[] millis = new double[appends];
        for (int i = 0; i < appends; i++) {
            millis[i] = (arrivals.seen().get(streams[i]) - committed[i]) / 1e6;
        }
        Arrays.sort(millis);
        return Map.of(
                contender + " p50", Figure.percentile(millis, 0.5),
                contender + " p99", Figure.percentile(millis, 0.99));
    }

    /**
     * A store of Axon's that publishes, and a processor that reads from it, or from a store of its own as on another node.
     *
     * @param writing where events are published
     * @param reading where they are read
     * @param reader the processor
     */
    private record AxonNodes(EmbeddedEventStore writing, EmbeddedEventStore reading, AxonReader reader)
            implements AutoCloseable {

        static AxonNodes start(Lab lab, boolean sameNode, Arrivals arrivals) {
            Engine node = lab.node();
            EmbeddedEventStore writing = store(lab, node);
            EmbeddedEventStore reading = sameNode ? writing : store(lab, node);
            AxonReader.Handler handler = new AxonReader.Handler(arrivals::arrived);
            return new AxonNodes(writing, reading, AxonReader.start("arrivals", node, reading, 1, handler));
        }

        private static EmbeddedEventStore store(Lab lab, Engine node) {
            return EmbeddedEventStore.builder()
                    .storageEngine(Axon.jpa(lab, node, 100).engine())
                    .build();
        }

        /** As a command handler does it; the stream's id is the event's as well. */
        void publish(String stream) {
            DefaultUnitOfWork<Message<?>> work = DefaultUnitOfWork.startAndGet(null);
            work.attachTransaction(new Jta());
            writing.publish(new GenericDomainEventMessage<>(
                    "order", stream, 0, OrderPlaced.example(), Map.of(), stream, java.time.Instant.now()));
            work.commit();
        }

        @Override
        public void close() {
            reader.close();
            writing.shutDown();
            reading.shutDown();
        }
    }
}
