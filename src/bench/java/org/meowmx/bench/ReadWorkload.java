package org.meowmx.bench;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.meowmx.server.Engine;

/** Reads streams of 100 events from 8 threads at the same time. */
final class ReadWorkload implements Workload {

    private static final int READERS = 8;
    private static final int STREAMS = 200;
    private static final int EVENTS = 100;
    private static final String SELECT = "bare select";

    @Override
    public String name() {
        return "read-stream";
    }

    @Override
    public Outcome run(Lab lab) {
        Engine own = lab.node(Meowmx.Orders.class);
        Engine others = lab.node();
        Meowmx meowmx = Meowmx.inTransaction(lab, own);
        Axon jpa = Axon.jpa(lab, others, EVENTS);
        Axon jdbc = Axon.jdbc(lab, others, EVENTS);
        List<String> streams =
                IntStream.range(0, STREAMS).mapToObj(Integer::toString).toList();
        for (Contender contender : List.of(meowmx, jpa, jdbc)) {
            streams.forEach(stream -> contender.create(stream, Collections.nCopies(EVENTS, OrderPlaced.example())));
        }
        lab.run("vacuum analyze");
        Rounds rounds = new Rounds()
                .with(SELECT, () -> eventsPerSecond(lab, stream -> BareSelect.stream(lab.plain(), stream)))
                .with(Axon.JPA, () -> eventsPerSecond(lab, jpa::read))
                .with(Axon.JDBC, () -> eventsPerSecond(lab, jdbc::read))
                .with(Meowmx.NAME, () -> eventsPerSecond(lab, meowmx::read));
        return new Outcome(
                name(),
                "read a stream of 100 events, 8 readers",
                "events/s",
                rounds.run(lab.options()),
                List.of(
                        Target.atLeast(0.70, Meowmx.NAME, SELECT),
                        Target.atLeast(1, Meowmx.NAME, Axon.JPA),
                        Target.atLeast(1, Meowmx.NAME, Axon.JDBC)));
    }

    private static double eventsPerSecond(Lab lab, ToIntFunction<String> read) {
        Runnable step = () -> {
            String stream = Integer.toString(ThreadLocalRandom.current().nextInt(STREAMS));
            int found = read.applyAsInt(stream);
            if (found != EVENTS) {
                throw new IllegalStateException("Stream %s has %d events".formatted(stream, found));
            }
        };
        return new Crew(Collections.nCopies(READERS, step))
                        .perSecond(lab.options().turn())
                * EVENTS;
    }
}
