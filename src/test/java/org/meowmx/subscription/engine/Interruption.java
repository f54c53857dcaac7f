package org.meowmx.subscription.engine;

import java.util.Optional;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;

/** Does something once, before the nth step of workers: a turn, the noting of a failure, or a join. */
final class Interruption {

    private final int step;
    private final Runnable work;
    private int steps;

    Interruption(int step, Runnable work) {
        this.step = step;
        this.work = work;
    }

    private void next() {
        steps++;
        if (steps == step) {
            work.run();
        }
    }

    /** Does it at the end, when the workers took fewer steps. */
    void afterAll() {
        if (steps < step) {
            work.run();
        }
    }

    Turn before(Turn turn) {
        return new Turn() {

            @Override
            public Outcome take(Order order) {
                next();
                return turn.take(order);
            }
        };
    }

    Failures before(Failures failures) {
        return new Failures() {

            @Override
            Optional<Object> note(
                    Subscription subscription,
                    SubscriptionSettings settings,
                    Checkpoint.Key segment,
                    TurnFailure failure) {
                next();
                return failures.note(subscription, settings, segment, failure);
            }
        };
    }

    SegmentLayout before(SegmentLayout division) {
        return new SegmentLayout() {

            @Override
            boolean join(String name) {
                next();
                return division.join(name);
            }
        };
    }
}
