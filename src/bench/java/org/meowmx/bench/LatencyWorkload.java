package org.meowmx.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The latency of appends to new streams by a single writer. */
final class LatencyWorkload implements Workload {

    @Override
    public String name() {
        return "append-latency";
    }

    @Override
    public Outcome run(Lab lab) {
        Rounds rounds = new Rounds();
        int appends = lab.options().size(300, 1_000);
        List<Runnable> checks = new ArrayList<>();
        for (Contender contender : Contenders.all(lab)) {
            AtomicInteger turns = new AtomicInteger();
            rounds.with(contender.name(), () -> {
                turns.incrementAndGet();
                return medianMillis(contender, appends);
            });
            checks.add(() -> check(contender, (long) appends * turns.get()));
        }
        Map<String, Figure> figures = rounds.run(lab.options(), lab.options().roundsOfAppends());
        checks.forEach(Runnable::run);
        return new Outcome(
                name(),
                "append 1 event to a new stream, 1 writer: median time",
                "ms",
                figures,
                List.of(Target.atMost(1.3, Meowmx.NAME, BareInsert.NAME)));
    }

    private static double medianMillis(Contender contender, int appends) {
        List<OrderPlaced> placed = List.of(OrderPlaced.example());
        double[] millis = new double[appends];
        for (int i = 0; i < appends; i++) {
            long began = System.nanoTime();
            contender.create(UUID.randomUUID().toString(), placed);
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        java.util.Arrays.sort(millis);
        return Figure.percentile(millis, 0.5);
    }

    private static void check(Contender contender, long expected) {
        if (contender.stored() != expected) {
            throw new IllegalStateException(
                    "%s stored %d events of %d".formatted(contender.name(), contender.stored(), expected));
        }
    }
}
