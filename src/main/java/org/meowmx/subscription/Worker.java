package org.meowmx.subscription;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Takes turns of one subscription until nothing is left, each time it is run. Never throws, and waits after a failure. */
class Worker implements Runnable {

    private static final Logger LOG = System.getLogger(Worker.class.getName());
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Subscription subscription;
    private final Turn turn;
    private final Clock clock;
    private volatile boolean stopped;
    private int failures;
    private Instant notBefore = Instant.MIN;

    Worker(Subscription subscription, Turn turn, Clock clock) {
        this.subscription = subscription;
        this.turn = turn;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (clock.instant().isBefore(notBefore)) {
            return;
        }
        try {
            takeTurns();
            failures = 0;
        } catch (Throwable e) {
            failures++;
            Duration delay = BACKOFF.after(failures);
            notBefore = clock.instant().plus(delay);
            LOG.log(
                    Level.WARNING,
                    "Subscription '%s' failed for the %d. time in a row, trying again in %d s"
                            .formatted(subscription.name(), failures, delay.toSeconds()),
                    e);
        }
    }

    private void takeTurns() {
        while (!stopped && turn.take(subscription).result() == Turn.Result.MORE) {
            // the turn has done the work
        }
    }

    /** Lets the turn at hand end and takes no further one. */
    void stop() {
        stopped = true;
    }
}
