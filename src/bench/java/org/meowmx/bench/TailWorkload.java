package org.meowmx.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.meowmx.EventStore;
import org.meowmx.LogStatus;
import org.meowmx.server.Engine;

/**
 * The slowest appends of 16 writers to new streams, and the distance in positions between the high-water mark and the end of the log
 * meanwhile.
 */
final class TailWorkload implements Workload {

    private static final int WRITERS = 16;
    private static final String MARK = "meowmx: positions that the mark is held back (p99)";

    @Override
    public String name() {
        return "append-tail";
    }

    @Override
    public Outcome run(Lab lab) {
        Engine observer = lab.node();
        Rounds rounds = new Rounds();
        for (Contender contender : Contenders.all(lab)) {
            rounds.with(() -> turn(lab, contender, observer.get(EventStore.class)));
        }
        return new Outcome(
                name(),
                "append 1 event to a new stream, 16 writers: 99th percentile of the time",
                "ms",
                rounds.run(lab.options(), lab.options().roundsOfAppends()),
                List.of(Target.atMost(2, Meowmx.NAME, BareInsert.NAME)));
    }

    private static Map<String, Double> turn(Lab lab, Contender contender, EventStore store) {
        boolean own = contender.name().equals(Meowmx.NAME);
        ConcurrentLinkedQueue<Double> heldBack = new ConcurrentLinkedQueue<>();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        if (own) {
            watch.scheduleWithFixedDelay(
                    () -> {
                        LogStatus status = store.status();
                        heldBack.add((double) (status.lastPosition() - status.highWaterMark()));
                    },
                    0,
                    5,
                    TimeUnit.MILLISECONDS);
        }
        ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
        new Crew(IntStream.range(0, WRITERS)
                        .<Runnable>mapToObj(writer -> () -> millis.add(millisOf(contender)))
                        .toList())
                .perSecond(lab.options().turn());
        watch.shutdownNow();
        Map<String, Double> figures = new HashMap<>();
        figures.put(contender.name(), p99(millis));
        if (own) {
            figures.put(MARK, p99(heldBack));
        }
        return figures;
    }

    private static double millisOf(Contender contender) {
        long began = System.nanoTime();
        contender.create(UUID.randomUUID().toString(), List.of(OrderPlaced.example()));
        return (System.nanoTime() - began) / 1e6;
    }

    private static double p99(Iterable<Double> values) {
        List<Double> all = new ArrayList<>();
        values.forEach(all::add);
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return Figure.percentile(sorted, 0.99);
    }
}
