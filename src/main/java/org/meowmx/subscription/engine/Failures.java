package org.meowmx.subscription.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meowmx.EventStore;
import org.meowmx.RecordedEvent;
import org.meowmx.StoreClock;
import org.meowmx.subscription.EventParked;
import org.meowmx.subscription.SubscriptionFailed;
import org.meowmx.subscription.engine.cluster.Node;
import org.meowmx.subscription.engine.declaration.Subscription;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings;
import org.meowmx.transaction.ClaimTransaction;

/** Notes the failure of one event, and parks the event when it has failed often enough. */
@ApplicationScoped
class Failures {

    private static final int LONGEST_TEXT = 8_000;
    private static final int DEEPEST_CAUSE = 20;

    @Inject
    ClaimTransaction transactions;

    @Inject
    Checkpoints checkpoints;

    @Inject
    ParkedEvents parked;

    @Inject
    EventStore events;

    @Inject
    Node node;

    @Inject
    @StoreClock
    Clock clock;

    /**
     * Notes that the next event of a segment failed in a turn of its own.
     *
     * @return the notification of it: {@link EventParked} when the segment can go on at once, {@link SubscriptionFailed} when
     *     it waits; empty when the segment is at another event by now, or meant for another release
     */
    Optional<Object> note(
            Subscription subscription, SubscriptionSettings settings, Checkpoint.Key segment, TurnFailure failure) {
        return transactions.run(settings.limits(), () -> checkpoints
                .claim(segment)
                .filter(checkpoint -> checkpoint.isFor(subscription))
                .flatMap(checkpoint -> next(subscription, checkpoint)
                        .filter(failure::isOf)
                        .map(event -> note(subscription, settings, checkpoint, event, failure.thrown()))));
    }

    private Object note(
            Subscription subscription,
            SubscriptionSettings settings,
            Checkpoint checkpoint,
            RecordedEvent event,
            Throwable cause) {
        int attempts = checkpoint.attempts() + 1;
        if (settings.failures().parksAfter(attempts)) {
            parked.park(subscription.name(), event, text(cause));
            checkpoint.succeeded();
            checkpoint.advanceTo(event.position(), node.name());
            return new EventParked(subscription.name(), event);
        }
        Instant retryAt = clock.instant()
                .plus(settings.failures().backoff().after(attempts, ThreadLocalRandom.current()))
                .truncatedTo(ChronoUnit.MICROS);
        checkpoint.failed(text(cause), retryAt);
        return new SubscriptionFailed(
                subscription.name(), checkpoint.slices().first(), event, attempts, retryAt, cause);
    }

    /**
     * The event that is next. Since the turn was rolled back its claim was free: another node may have got past the event, or
     * an operator may have moved the checkpoint or joins it with others below the event, and then there is nothing to note.
     */
    private Optional<RecordedEvent> next(Subscription subscription, Checkpoint checkpoint) {
        return events
                .readPage(subscription.query(checkpoint.slices(), checkpoint.position(), checkpoint.limit()), 1)
                .events()
                .stream()
                .findFirst();
    }

    /** The stack trace; where it is too long, all that was thrown before it. PostgreSQL's text cannot hold U+0000. */
    private static String text(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        String text = trace.getBuffer().length() <= LONGEST_TEXT ? trace.toString() : causes(thrown) + trace;
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT)).replace('\0', '\uFFFD');
    }

    private static String causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .map(cause -> cause + "\n")
                .collect(Collectors.joining("caused by "));
    }
}
