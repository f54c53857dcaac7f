package org.meowmx.monitoring;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.Segment;

/** The status of a subscription in words: its state and position, what happens next, the lag, and parked streams. */
final class StatusText {

    static final String WITHOUT_CHECKPOINT =
            "has no checkpoint, so it handles nothing: the next start of the application creates one";

    private StatusText() {}

    static String of(SubscriptionStatus status) {
        String parked = status.parkedStreams() == 0 ? "" : "; parked streams: " + status.parkedStreams();
        return "%s; %s%s".formatted(state(status), lag(status), parked);
    }

    private static String state(SubscriptionStatus status) {
        long position = status.position();
        if (!status.declared()) {
            return "orphaned at position %d: no running node declares it, so it handles nothing; rename or delete it"
                    .formatted(position);
        }
        return switch (status.state()) {
            case RUNNING -> "running at position %d".formatted(position);
            case PAUSED -> "paused at position %d: it handles nothing until an operator resumes it".formatted(position);
            case FAILING ->
                worst(status).map(segment -> failing(position, segment)).orElseGet(() -> "failing at position %d"
                        .formatted(position));
        };
    }

    private static Optional<Segment> worst(SubscriptionStatus status) {
        return status.segments().stream().max(Comparator.comparingInt(Segment::attempts));
    }

    private static String failing(long position, Segment segment) {
        String next = segment.retryAt() == null ? "when it is resumed" : "at " + segment.retryAt();
        return "failing at position %d: %s; failed attempts: %d, next attempt %s"
                .formatted(position, firstLine(segment.lastFailure()), segment.attempts(), next);
    }

    /** The root cause; the stack trace follows it. */
    private static String firstLine(@Nullable String failure) {
        return failure == null ? "unknown cause" : failure.split("\\R", 2)[0];
    }

    private static String lag(SubscriptionStatus status) {
        if (status.lagEvents() == 0) {
            return "no event is waiting";
        }
        String count = status.lagEvents() < SubscriptionStatus.MAX_COUNTED
                ? Long.toString(status.lagEvents())
                : status.lagEvents() + " or more";
        return "events waiting: %s, the oldest for %d s"
                .formatted(count, status.lag().toSeconds());
    }
}
