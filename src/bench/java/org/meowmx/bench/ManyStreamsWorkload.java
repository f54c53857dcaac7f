package org.meowmx.bench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.server.Engine;

/** One event for each of a hundred new streams, all or nothing. */
final class ManyStreamsWorkload implements Workload {

    private static final int STREAMS = 100;
    private static final String ONE_CALL = "meowmx, one call";
    private static final String ONE_BY_ONE = "meowmx, a call per stream in one transaction";

    /** A bean of an application. */
    @ApplicationScoped
    static class OneByOne {

        @Inject
        EventStore events;

        @Transactional
        void append(List<StreamAppend> appends) {
            appends.forEach(append -> events.append(append.stream(), append.expected(), append.events()));
        }
    }

    @Override
    public String name() {
        return "append-all";
    }

    @Override
    public Outcome run(Lab lab) {
        Engine node = lab.node(OneByOne.class);
        EventStore store = node.get(EventStore.class);
        OneByOne oneByOne = node.get(OneByOne.class);
        Crew calls = new Crew(List.of(() -> store.appendAll(appends())));
        Crew singles = new Crew(List.of(() -> oneByOne.append(appends())));
        Rounds rounds = new Rounds()
                .with(ONE_BY_ONE, () -> singles.perSecond(lab.options().turn()) * STREAMS)
                .with(ONE_CALL, () -> calls.perSecond(lab.options().turn()) * STREAMS);
        Outcome outcome = new Outcome(
                name(),
                "append 1 event to each of 100 new streams, 1 writer",
                "events/s",
                rounds.run(lab.options(), lab.options().roundsOfAppends()),
                List.of(Target.atLeast(20, ONE_CALL, ONE_BY_ONE)));
        long stored = lab.number("select count(*) from meowmx_events");
        if (stored != (calls.done() + singles.done()) * STREAMS) {
            throw new IllegalStateException("Stored %d events".formatted(stored));
        }
        return outcome;
    }

    private static List<StreamAppend> appends() {
        String call = UUID.randomUUID().toString();
        return IntStream.range(0, STREAMS)
                .mapToObj(stream -> StreamAppend.of(
                        StreamId.of("order", call + stream),
                        ExpectedVersion.noStream(),
                        NewEvent.of(OrderPlaced.example())))
                .toList();
    }
}
