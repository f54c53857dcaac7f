package org.meowmx.monitoring;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meowmx.subscription.SubscriptionStatus.Segment;
import org.meowmx.subscription.engine.SubscriptionOutline;

/** What is known of a subscription in words: its state and position, what happens next, and how much is to be read. */
final class StatusText {

    static final String WITHOUT_CHECKPOINT =
            "has no checkpoint, so it handles nothing: a node that declares it creates one, paused, with its next heartbeat";

    private StatusText() {}

    static String of(SubscriptionOutline outline) {
        String parked = outline.parking() ? "; some streams are parked" : "";
        String waiting = outline.serving() ? "" : "; another version serves";
        return "%s%s; %s%s%s".formatted(state(outline), operation(outline), unread(outline), parked, waiting);
    }

    private static String state(SubscriptionOutline outline) {
        long position = outline.position();
        return switch (outline.state()) {
            case RUNNING, HELD_BACK -> "running at position %d".formatted(position);
            case PAUSED -> paused(position, reason(outline));
            case DELAYED ->
                delayed(outline).map(segment -> delayed(position, segment)).orElseGet(() -> "delayed at position %d"
                        .formatted(position));
            case REMOVED ->
                "was renamed or deleted on purpose, so it handles nothing although a node declares it: resume it if you want it back";
            case FAILING ->
                worst(outline).map(segment -> failing(position, segment)).orElseGet(() -> "failing at position %d"
                        .formatted(position));
        };
    }

    private static String operation(SubscriptionOutline outline) {
        return outline.operation() == null
                ? ""
                : "; '%s' is requested, and no turn is taken until a node that declares it has carried it out"
                        .formatted(outline.operation());
    }

    private static String paused(long position, Optional<String> reason) {
        return "paused at position %d: it handles nothing until an operator resumes it%s"
                .formatted(
                        position,
                        reason.map(" ("::concat).map(text -> text + ")").orElse(""));
    }

    /** Why the store itself paused it. */
    private static Optional<String> reason(SubscriptionOutline outline) {
        return outline.segments().stream()
                .flatMap(segment -> Stream.ofNullable(segment.lastFailure()))
                .findFirst()
                .map(StatusText::firstLine);
    }

    private static Optional<Segment> delayed(SubscriptionOutline outline) {
        return outline.segments().stream()
                .filter(segment -> segment.delayedSince() != null)
                .min(Comparator.comparing(Segment::delayedSince));
    }

    private static String delayed(long position, Segment segment) {
        return "delayed at position %d since %s: %s; no event is to blame, next turn at %s"
                .formatted(position, segment.delayedSince(), firstLine(segment.lastFailure()), segment.retryAt());
    }

    private static Optional<Segment> worst(SubscriptionOutline outline) {
        return outline.segments().stream().max(Comparator.comparingInt(Segment::attempts));
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

    private static String unread(SubscriptionOutline outline) {
        return outline.distance() == 0 ? "everything is read" : "events to read: at most " + outline.distance();
    }
}
