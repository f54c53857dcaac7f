package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.meowmx.DataBinder;
import org.meowmx.EventType;
import org.meowmx.Metadata;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.server.Engine;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.testkit.H2Database;
import org.meowmx.transaction.Handling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time per event from a page of events to the calls of observers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DispatchBenchmark {

    private static final int PAGE = 500;

    private Engine engine;
    private Dispatcher dispatcher;
    private Subscription asRecorded;
    private Subscription asObjects;
    private List<RecordedEvent> page;

    /** A small event. */
    @EventType("counted")
    record Counted(int number) {}

    /** Observers that add up the numbers. */
    @ApplicationScoped
    static class Sums {

        private long sum;

        void add(@Observes @Subscribed("recorded") RecordedEvent event) {
            sum += event.position();
        }

        void add(@Observes @Subscribed("typed") Counted event) {
            sum += event.number();
        }

        long sum() {
            return sum;
        }
    }

    /** Starts the engine on a database, although dispatching events needs none. */
    @Setup(Level.Trial)
    public void start() {
        engine = Engine.start(new H2Database(), Sums.class);
        SubscriptionEngine subscriptions = engine.get(SubscriptionEngine.class);
        dispatcher = subscriptions.dispatcher;
        asRecorded = subscriptions.registry.subscription("recorded");
        asObjects = subscriptions.registry.subscription("typed");
        DataBinder binder = engine.get(DataBinder.class);
        page = LongStream.rangeClosed(1, PAGE)
                .mapToObj(position -> new RecordedEvent(
                        position,
                        new UUID(0, position),
                        StreamId.of("test", position),
                        1,
                        "counted",
                        "{\"number\": 1}",
                        Metadata.none(),
                        Instant.EPOCH,
                        binder))
                .toList();
    }

    private static Handling live() {
        return Handling.ofSubscription(new UUID(0, 1), false, false);
    }

    @TearDown(Level.Trial)
    public void stop() {
        engine.close();
    }

    /** Dispatches to an observer of events as recorded. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public long recorded() {
        dispatcher.dispatch(asRecorded, page, live(), false);
        return engine.get(Sums.class).sum();
    }

    /** Dispatches to an observer of a class, which is read from JSON first. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public long typed() {
        dispatcher.dispatch(asObjects, page, live(), false);
        return engine.get(Sums.class).sum();
    }
}
