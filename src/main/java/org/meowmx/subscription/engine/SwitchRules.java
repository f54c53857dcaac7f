package org.meowmx.subscription.engine;

import java.util.List;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.engine.declaration.ProjectionVersion;

/**
 * The conditions under which a version of a projection may take over from the serving one. Both are claimed.
 *
 * @param next the version that will serve
 * @param serving the version that serves
 */
record SwitchRules(ProjectionVersion next, ProjectionVersion serving) {

    private static final String WHAT_TO_DO = ", then repeat the switch";

    /** Requires that the next version does not serve already. */
    void requireAnother() {
        if (next.equals(serving)) {
            throw refused(next, "serves already");
        }
    }

    /**
     * Requires that the live effects of the serving version are complete up to its position.
     *
     * @param evenIfFailing whether it may also fail or be paused
     */
    void requireSound(List<Checkpoint> segments, boolean evenIfFailing) {
        if (segments.isEmpty()) {
            throw refused(
                    serving,
                    "serves, but has no checkpoint, so nobody knows what its readers have seen. Start an application that declares it, and let it catch up"
                            + WHAT_TO_DO);
        }
        for (Checkpoint segment : segments) {
            requireSettled(serving, segment);
            if (segment.isReplaying()) {
                throw refused(
                        serving,
                        "replays: its readers do not see everything yet. It is at position %d, and the replay ends at position %d. Wait for that"
                                        .formatted(segment.position(), segment.liveAfter())
                                + WHAT_TO_DO);
            }
            if (!evenIfFailing && segment.isFailing()) {
                throw refused(
                        serving,
                        "fails at an event after position %d. Correct its handler%s. If you want to leave it for another version, switch although it fails"
                                .formatted(segment.position(), WHAT_TO_DO));
            }
            if (!evenIfFailing && segment.isPaused()) {
                throw refused(
                        serving,
                        "is paused. Resume it%s. If you want to leave it for another version, switch although it is paused"
                                .formatted(WHAT_TO_DO));
            }
        }
    }

    /** Requires that the next version can continue from any position. */
    void requireReady(List<Checkpoint> segments) {
        for (Checkpoint segment : segments) {
            requireSettled(next, segment);
            if (segment.isFailing()) {
                throw refused(
                        next,
                        "fails at an event after position %d. Correct its handler".formatted(segment.position())
                                + WHAT_TO_DO);
            }
            if (segment.isPaused()) {
                throw refused(next, "is paused. Resume it" + WHAT_TO_DO);
            }
        }
    }

    private static void requireSettled(ProjectionVersion version, Checkpoint segment) {
        requireNoOperation(version, segment);
        if (segment.wantedSegments().isPresent()) {
            throw refused(version, "is merging segments. Wait for that" + WHAT_TO_DO);
        }
        if (segment.hasParkedEvents()) {
            throw refused(
                    version,
                    "has parked events: the switch would lose their effects. Retry, skip or discard them" + WHAT_TO_DO);
        }
    }

    /** A switch never replaces a requested operation. */
    static void requireNoOperation(ProjectionVersion version, Checkpoint segment) {
        RequestedOperation operation = segment.operation();
        if (operation != null) {
            throw refused(
                    version,
                    "has the requested operation '%s'. Wait until a node has carried it out"
                                    .formatted(operation.description())
                            + WHAT_TO_DO);
        }
    }

    /** Requires that the next version has handled no event that the serving one lacks. */
    void requireNowhereAhead(List<Takeover> parts) {
        for (Takeover part : parts) {
            if (part.source().position() > part.goal().position()) {
                throw refused(
                        next,
                        "is at position %d, and version %d is at %d. Wait until that version has passed it%s"
                                .formatted(
                                        part.source().position(),
                                        serving.number(),
                                        part.goal().position(),
                                        WHAT_TO_DO));
            }
        }
    }

    /** Requires that the next version can handle the events that it lacks while the other one waits. */
    static void requireNear(ProjectionVersion next, long missing, long most) {
        if (missing > most) {
            throw refused(
                    next,
                    "lacks %s events, and may lack %d. Wait until it has handled them%s"
                            .formatted(text(missing), most, WHAT_TO_DO));
        }
    }

    private static String text(long missing) {
        return missing >= SubscriptionStatus.MAX_COUNTED ? "%d or more".formatted(missing) : Long.toString(missing);
    }

    private static SubscriptionConflictException refused(ProjectionVersion version, String why) {
        return new SubscriptionConflictException(version.subscription(), why);
    }
}
