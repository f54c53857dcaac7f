package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventParked;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.SubscriptionFailed;

/** Notes the failure of one event, and parks the event when it has failed often enough. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Failures {

    private static final int LONGEST_TEXT = 8_000;

    @Inject
    ReadCommitted transactions;

    @Inject
    Checkpoints checkpoints;

    @Inject
    ParkedEvents parked;

    @Inject
    EventStore events;

    @Inject
    Node node;

    /**
     * Notes that the next event of a segment failed in a turn of its own.
     *
     * @return the notification of it: {@link EventParked} when the segment can go on at once, {@link SubscriptionFailed} when
     *     it waits; empty when another worker has the segment by now
     */
    Optional<Object> note(
            Subscription subscription, SubscriptionSettings settings, Checkpoint.Key segment, Throwable thrown) {
        return transactions.run(
                () -> checkpoints.claim(segment).map(checkpoint -> note(subscription, settings, checkpoint, thrown)));
    }

    private Object note(
            Subscription subscription, SubscriptionSettings settings, Checkpoint checkpoint, Throwable thrown) {
        RecordedEvent event = failing(subscription, checkpoint, thrown);
        Throwable cause = thrown instanceof TurnFailure failure ? failure.thrown() : thrown;
        int attempts = checkpoint.attempts() + 1;
        if (event != null && settings.failures().parksAfter(attempts)) {
            parked.park(subscription.name(), event, text(cause));
            checkpoint.succeeded();
            checkpoint.advanceTo(event.position(), node.name());
            return new EventParked(subscription.name(), event);
        }
        Instant retryAt = Instant.now()
                .plus(settings.failures().backoff().after(attempts, ThreadLocalRandom.current()))
                .truncatedTo(ChronoUnit.MICROS);
        checkpoint.failed(text(cause), retryAt);
        return new SubscriptionFailed(
                subscription.name(), checkpoint.slices().first(), event, attempts, retryAt, cause);
    }

    /** A failure that names no event, as of a commit, was that of the next one, which was alone in its turn. */
    private @Nullable RecordedEvent failing(Subscription subscription, Checkpoint checkpoint, Throwable thrown) {
        if (thrown instanceof TurnFailure failure && failure.event() != null) {
            return failure.event();
        }
        return events
                .page(subscription.query(checkpoint.slices(), checkpoint.position(), Long.MAX_VALUE), 1)
                .events()
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** The stack trace, within a length; PostgreSQL's text cannot hold U+0000. */
    private static String text(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        String trace = text.toString().replace('\0', '\uFFFD');
        return trace.substring(0, Math.min(trace.length(), LONGEST_TEXT));
    }
}
