package org.meowmx.bench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.meowmx.RecordedEvent;
import org.meowmx.server.Engine;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;

/** Handlers that wait a millisecond each, in one segment and in eight. */
final class SegmentsWorkload implements Workload {

    private static final String ONE = "1 segment";
    private static final String EIGHT = "8 segments";

    /** Waits, and records the times of its first and last calls. */
    @ApplicationScoped
    static class Waiting {

        static final String ONE = "one";
        static final String EIGHT = "eight";

        private final Span one = new Span();
        private final Span eight = new Span();

        void one(@Observes @Subscribed(ONE) RecordedEvent event) {
            one.handle();
        }

        void eight(@Observes @Subscribed(EIGHT) RecordedEvent event) {
            eight.handle();
        }

        Span of(String subscription) {
            return subscription.equals(ONE) ? one : eight;
        }
    }

    /** The time between the first and the last call. */
    private static final class Span {

        private final AtomicLong count = new AtomicLong();
        private volatile long first;
        private volatile long last;

        void handle() {
            if (count.getAndIncrement() == 0) {
                first = System.nanoTime();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            last = System.nanoTime();
        }

        void reset() {
            count.set(0);
        }

        double perSecond(int events) {
            if (count.get() != events) {
                throw new IllegalStateException("Handled %d events of %d".formatted(count.get(), events));
            }
            return events / ((last - first) / 1e9);
        }
    }

    @Override
    public String name() {
        return "segments";
    }

    @Override
    public Outcome run(Lab lab) {
        int events = lab.options().size(4_000, 10_000);
        lab.node();
        new History(lab).fill(events);
        lab.configure("meowmx.subscription.enabled", "true");
        lab.configure("meowmx.subscription.eight.segments", "8");
        lab.configure("meowmx.subscription.start", "now");
        Engine node = lab.node(Waiting.class);
        Rounds rounds = new Rounds()
                .with(ONE, () -> perSecond(node, Waiting.ONE, events))
                .with(EIGHT, () -> perSecond(node, Waiting.EIGHT, events));
        return new Outcome(
                name(),
                "a handler with 1 ms of waiting",
                "events/s",
                rounds.run(lab.options()),
                List.of(Target.atLeast(6, EIGHT, ONE)));
    }

    private static double perSecond(Engine node, String subscription, int events) {
        Subscriptions subscriptions = node.get(Subscriptions.class);
        Span span = node.get(Waiting.class).of(subscription);
        subscriptions.pause(subscription);
        span.reset();
        subscriptions.reposition(subscription, ReadFrom.beginning());
        subscriptions.resume(subscription);
        if (!subscriptions.await(subscription, events, Duration.ofMinutes(2))) {
            throw new IllegalStateException(subscription + " did not come to the end");
        }
        return span.perSecond(events);
    }
}
