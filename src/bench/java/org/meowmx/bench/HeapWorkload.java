package org.meowmx.bench;

import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.importing.PostgresEventSourcingImport;
import org.meowmx.server.Engine;
import org.meowmx.subscription.Subscriptions;

/** The largest amount of reachable heap, beyond that of the idle engine, while many events are read or written. */
final class HeapWorkload implements Workload {

    private static final double MEGABYTE = 1024 * 1024;

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public Outcome run(Lab lab) {
        int events = lab.options().size(100_000, 1_000_000);
        Engine node = lab.node(CatchUpWorkload.Nothing.class);
        new History(lab).fill(events);
        EventStore store = node.get(EventStore.class);
        Map<String, Runnable> work = new LinkedHashMap<>();
        work.put("catch-up", () -> node.get(Subscriptions.class).catchUp(CatchUpWorkload.Nothing.NAME));
        work.put(
                "scan of the log",
                () -> expect(events, store.scan(LogQuery.all()).count()));
        work.put("import", () -> expect(events, ImportWorkload.importHistory(node, events, "heap")));
        work.put("import of postgresql-event-sourcing", () -> importSeed(lab, node, events / 5));
        work.put("scan of a stream", () -> scanStream(store, events / 10));
        Map<String, Figure> figures = new LinkedHashMap<>();
        work.forEach((what, doing) -> figures.put(what, Figure.of(List.of(megabytesBeyondIdle(doing)))));
        return new Outcome(
                name(),
                "reachable heap beyond the idle engine, log of %,d events".formatted(events),
                "MB",
                figures,
                figures.keySet().stream().map(what -> Target.atMost(32, what)).toList());
    }

    private static void expect(long expected, long found) {
        if (found != expected) {
            throw new IllegalStateException("Found %d of %d".formatted(found, expected));
        }
    }

    private static void importSeed(Lab lab, Engine node, int events) {
        SeedStatements.plain(lab).fill(events);
        long stored = node.get(PostgresEventSourcingImport.class)
                .importFrom(lab.plain())
                .stored();
        expect(events, stored);
    }

    private static void scanStream(EventStore store, int events) {
        StreamId stream = StreamId.of("order", "long");
        List<NewEvent> chunk = Collections.nCopies(1_000, NewEvent.of(OrderPlaced.example()));
        for (int appended = 0; appended < events; appended += chunk.size()) {
            store.append(stream, ExpectedVersion.any(), chunk);
        }
        expect(events, store.scan(stream, StreamRange.all()).count());
    }

    /** Measures the heap repeatedly, each time after a full collection. */
    private static double megabytesBeyondIdle(Runnable work) {
        long idle = reachable();
        AtomicLong most = new AtomicLong(idle);
        ScheduledExecutorService observer = Executors.newSingleThreadScheduledExecutor();
        observer.scheduleWithFixedDelay(
                () -> most.accumulateAndGet(reachable(), Math::max), 100, 200, TimeUnit.MILLISECONDS);
        try {
            work.run();
        } finally {
            observer.shutdownNow();
        }
        return (most.get() - idle) / MEGABYTE;
    }

    private static long reachable() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
