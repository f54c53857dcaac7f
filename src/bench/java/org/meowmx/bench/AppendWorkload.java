package org.meowmx.bench;

import static org.meowmx.bench.Target.atLeast;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Appends from several threads at the same time.
 *
 * @param writers the number of threads
 * @param events the number of events in one append
 * @param toNewStreams whether each append creates a stream; otherwise it follows the last version of one
 */
record AppendWorkload(String name, String title, int writers, int events, boolean toNewStreams, List<Target> targets)
        implements Workload {

    /** The number of existing streams among which a writer rotates. */
    private static final int STREAMS_OF_A_WRITER = 50;

    static AppendWorkload newStream() {
        return new AppendWorkload(
                "append-new",
                "append 1 event to a new stream, 16 writers",
                16,
                1,
                true,
                List.of(atLeast(1.1, Meowmx.NAME, BareInsert.NAME), atLeast(1.4, Meowmx.NAME, Axon.JDBC)));
    }

    static AppendWorkload existingStream() {
        return new AppendWorkload(
                "append-existing",
                "append 1 event under an expected version, 16 writers",
                16,
                1,
                false,
                List.of(atLeast(1.05, Meowmx.NAME, BareInsert.NAME), atLeast(1.1, Meowmx.NAME, Axon.JDBC)));
    }

    static AppendWorkload newStreamOfMany() {
        return new AppendWorkload(
                "append-new-64",
                "append 1 event to a new stream, 64 writers",
                64,
                1,
                true,
                List.of(atLeast(2, Meowmx.NAME, BareInsert.NAME), atLeast(2.5, Meowmx.NAME, Axon.JDBC)));
    }

    static AppendWorkload existingStreamOfMany() {
        return new AppendWorkload(
                "append-existing-64",
                "append 1 event under an expected version, 64 writers",
                64,
                1,
                false,
                List.of(atLeast(1.6, Meowmx.NAME, BareInsert.NAME), atLeast(1.8, Meowmx.NAME, Axon.JDBC)));
    }

    static AppendWorkload hundredEvents() {
        return new AppendWorkload(
                "append-100",
                "append 100 events to a new stream, 4 writers",
                4,
                100,
                true,
                List.of(atLeast(0.70, Meowmx.NAME, BareInsert.NAME)));
    }

    @Override
    public Outcome run(Lab lab) {
        Rounds rounds = new Rounds();
        List<Runnable> checks = new ArrayList<>();
        for (Contender contender : Contenders.all(lab)) {
            Crew crew = new Crew(IntStream.range(0, writers)
                    .mapToObj(writer -> step(contender, writer))
                    .toList());
            long before = contender.stored();
            rounds.with(contender.name(), () -> crew.perSecond(lab.options().turn()) * events);
            checks.add(() -> check(contender, before, crew));
        }
        Map<String, Figure> figures = rounds.run(lab.options(), lab.options().roundsOfAppends());
        checks.forEach(Runnable::run);
        return new Outcome(name, title, "events/s", figures, targets);
    }

    private Runnable step(Contender contender, int writer) {
        List<OrderPlaced> placed = Collections.nCopies(events, OrderPlaced.example());
        if (toNewStreams) {
            return () -> contender.create(UUID.randomUUID().toString(), placed);
        }
        List<String> streams = IntStream.range(0, STREAMS_OF_A_WRITER)
                .mapToObj(number -> "%s-%d-%d".formatted(contender.name(), writer, number))
                .toList();
        streams.forEach(stream -> contender.create(stream, placed));
        return new Circulation(contender, streams);
    }

    /** Appends to one stream after the other, repeatedly. */
    private static final class Circulation implements Runnable {

        private final Contender contender;
        private final List<String> streams;
        private long round = 1;
        private int next;

        Circulation(Contender contender, List<String> streams) {
            this.contender = contender;
            this.streams = streams;
        }

        @Override
        public void run() {
            contender.append(streams.get(next), round, OrderPlaced.example());
            next++;
            if (next == streams.size()) {
                next = 0;
                round++;
            }
        }
    }

    private void check(Contender contender, long before, Crew crew) {
        long stored = contender.stored() - before;
        if (stored != crew.done() * events) {
            throw new IllegalStateException(
                    "%s stored %d events of %d".formatted(contender.name(), stored, crew.done() * events));
        }
    }
}
