package org.meowmx.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.meowmx.server.Engine;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscriptions;

/** Compares a log of millions of events with a small one: appends to new streams, and catching up over the last events. */
final class VolumeWorkload implements Workload {

    private static final int WRITERS = 16;

    @Override
    public String name() {
        return "volume";
    }

    @Override
    public Outcome run(Lab large) {
        int few = large.options().size(20_000, 100_000);
        int many = large.options().size(200_000, 10_000_000);
        try (Lab small = Lab.open(large.options())) {
            Log little = Log.filled(small, few);
            Log much = Log.filled(large, many);
            Rounds rounds = new Rounds()
                    .with("append, small log", little::append)
                    .with("append, large log", much::append)
                    .with("catch-up, small log", () -> little.catchUp(few))
                    .with("catch-up, large log", () -> much.catchUp(few));
            return new Outcome(
                    name(),
                    "%,d events stored, beside %,d".formatted(many, few),
                    "events/s",
                    rounds.run(large.options()),
                    List.of(
                            Target.atLeast(0.9, "append, large log", "append, small log"),
                            Target.atLeast(0.9, "catch-up, large log", "catch-up, small log")));
        }
    }

    /**
     * A log with a number of events.
     *
     * @param last the position of the last event that was there first
     */
    private record Log(Engine node, Meowmx meowmx, Duration turn, int last) {

        static Log filled(Lab lab, int events) {
            Engine node = lab.node(Meowmx.Orders.class, CatchUpWorkload.Nothing.class);
            new History(lab).fill(events);
            return new Log(node, Meowmx.inTransaction(lab, node), lab.options().turn(), events);
        }

        double append() {
            List<OrderPlaced> placed = List.of(OrderPlaced.example());
            Runnable step = () -> meowmx.create(UUID.randomUUID().toString(), placed);
            return new Crew(Collections.nCopies(WRITERS, step)).perSecond(turn);
        }

        /** Catches up over this number of the first events, and over the events that were appended since. Returns the events per second. */
        double catchUp(int events) {
            Subscriptions subscriptions = node.get(Subscriptions.class);
            CatchUpWorkload.Nothing nothing = node.get(CatchUpWorkload.Nothing.class);
            long before = nothing.count();
            subscriptions.pause(CatchUpWorkload.Nothing.NAME);
            subscriptions.reposition(CatchUpWorkload.Nothing.NAME, ReadFrom.after(last - events));
            subscriptions.resume(CatchUpWorkload.Nothing.NAME);
            long began = System.nanoTime();
            subscriptions.catchUp(CatchUpWorkload.Nothing.NAME);
            return (nothing.count() - before) / ((System.nanoTime() - began) / 1e9);
        }
    }
}
