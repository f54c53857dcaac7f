package org.meowmx.monitoring;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.SubscriptionStatus.Segment;

/** The status of a subscription in words: its state and position, what happens next, the lag, and parked streams. */
final class StatusText {

    static final String WITHOUT_CHECKPOINT =
            "has no checkpoint, so it handles nothing: a node that declares it creates one, paused, with its next heartbeat";

    private StatusText() {}

    static String of(SubscriptionStatus status) {
        String parked = status.parkedStreams() == 0 ? "" : "; parked streams: " + status.parkedStreams();
        return "%s%s; %s%s".formatted(state(status), operation(status), lag(status), parked);
    }

    private static String state(SubscriptionStatus status) {
        long position = status.position();
        if (!status.declared()) {
            return "orphaned at position %d: no running node declares it, so it handles nothing; rename or delete it"
                    .formatted(position);
        }
        return switch (status.state()) {
            case RUNNING -> "running at position %d".formatted(position);
            case PAUSED -> paused(position, reason(status));
            case DELAYED ->
                delayed(status).map(segment -> delayed(position, segment)).orElseGet(() -> "delayed at position %d"
                        .formatted(position));
            case REMOVED ->
                "was renamed or deleted on purpose, so it handles nothing although a node declares it: resume it if you want it back";
            case FAILING ->
                worst(status).map(segment -> failing(position, segment)).orElseGet(() -> "failing at position %d"
                        .formatted(position));
        };
    }

    private static String operation(SubscriptionStatus status) {
        return status.operation() == null
                ? ""
                : "; '%s' is requested, and no turn is taken until a node that declares it has carried it out"
                        .formatted(status.operation());
    }

    private static String paused(long position, Optional<String> reason) {
        return "paused at position %d: it handles nothing until an operator resumes it%s"
                .formatted(
                        position,
                        reason.map(" ("::concat).map(text -> text + ")").orElse(""));
    }

    /** Why the store itself paused it. */
    private static Optional<String> reason(SubscriptionStatus status) {
        return status.segments().stream()
                .flatMap(segment -> Stream.ofNullable(segment.lastFailure()))
                .findFirst()
                .map(StatusText::firstLine);
    }

    private static Optional<Segment> delayed(SubscriptionStatus status) {
        return status.segments().stream()
                .filter(segment -> segment.delayedSince() != null)
                .min(Comparator.comparing(Segment::delayedSince));
    }

    private static String delayed(long position, Segment segment) {
        return "delayed at position %d since %s: %s; no event is to blame, next turn at %s"
                .formatted(position, segment.delayedSince(), firstLine(segment.lastFailure()), segment.retryAt());
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
