package org.meowmx.bench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.server.Engine;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;

/** Reading the whole log into an observer that does nothing. */
final class CatchUpWorkload implements Workload {

    private static final String SCAN = "bare ordered scan";
    private static final int BATCH = 2_000;

    /** Counts. */
    @ApplicationScoped
    static class Nothing {

        static final String NAME = "nothing";

        private final AtomicLong count = new AtomicLong();

        void see(@Observes @Subscribed(NAME) RecordedEvent event) {
            count.incrementAndGet();
        }

        long count() {
            return count.get();
        }
    }

    @Override
    public String name() {
        return "catch-up";
    }

    @Override
    public Outcome run(Lab lab) {
        int events = lab.options().size(50_000, 1_000_000);
        Engine own = lab.node(Nothing.class);
        Engine others = lab.node();
        Axon jpa = Axon.jpa(lab, others, BATCH);
        Axon jdbc = Axon.jdbc(lab, others, BATCH);
        History history = new History(lab);
        history.fill(events);
        history.copyToAxon();
        Rounds rounds = new Rounds()
                .with(SCAN, () -> perSecond(events, () -> BareSelect.log(lab.plain())))
                .with(Axon.JPA, () -> perSecond(events, () -> track(jpa, others, events)))
                .with(Axon.JDBC, () -> perSecond(events, () -> track(jdbc, others, events)))
                .with(Meowmx.NAME, () -> perSecond(events, () -> catchUp(own)));
        return new Outcome(
                name(),
                "catch-up over %,d events with an observer that does nothing".formatted(events),
                "events/s",
                rounds.run(lab.options()),
                java.util.List.of(
                        Target.atLeast(lab.options().full() ? 0.75 : 0.55, Meowmx.NAME, SCAN),
                        Target.atLeast(1, Meowmx.NAME, Axon.JPA),
                        Target.atLeast(1, Meowmx.NAME, Axon.JDBC)));
    }

    static double perSecond(long events, LongSupplier work) {
        long began = System.nanoTime();
        long seen = work.getAsLong();
        double seconds = (System.nanoTime() - began) / 1e9;
        if (seen != events) {
            throw new IllegalStateException("Saw %d events of %d".formatted(seen, events));
        }
        return events / seconds;
    }

    private static long catchUp(Engine node) {
        Nothing nothing = node.get(Nothing.class);
        Subscriptions subscriptions = node.get(Subscriptions.class);
        long before = nothing.count();
        subscriptions.replay(Nothing.NAME);
        subscriptions.catchUp(Nothing.NAME);
        return nothing.count() - before;
    }

    private static long track(Axon axon, Engine node, int events) {
        CountDownLatch left = new CountDownLatch(events);
        EmbeddedEventStore store =
                EmbeddedEventStore.builder().storageEngine(axon.engine()).build();
        String name = "reader-" + System.nanoTime();
        AxonReader reader = AxonReader.start(name, node, store, BATCH, new AxonReader.Handler(id -> left.countDown()));
        try (reader) {
            return left.await(10, TimeUnit.MINUTES) ? events : events - left.getCount();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            store.shutDown();
        }
    }
}
