package org.meowmx.subscription.lease;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.Names;
import org.meowmx.StreamId;
import org.meowmx.subscription.ReadFrom;

/**
 * The declaration of a subscription whose events are handled by workers outside of the JVM.
 *
 * @param name the name, 1 to 255 characters without {@code @}
 * @param category the only category; null means every category
 * @param types the event types, at most {@value #MOST_TYPES}; empty means every type
 * @param creation the settings that apply only when the subscription is created
 * @param failures what to do with an event that keeps failing
 */
public record ExternalSubscription(
        String name, @Nullable String category, Set<String> types, Creation creation, Failures failures) {

    /** The largest number of event types. */
    public static final int MOST_TYPES = 1_000;

    private static final Duration LONGEST_DELAY = Duration.ofDays(20);

    /**
     * The settings that apply only while the subscription has no checkpoint.
     *
     * @param segments the number of segments, 1 to 1024
     * @param start where it starts to read the log
     */
    public record Creation(int segments, ReadFrom start) {

        /** One segment, from the beginning of the log. */
        public static final Creation DEFAULT = new Creation(1, ReadFrom.beginning());

        public Creation {
            requireRange("segments", segments, StreamId.SLICES);
        }
    }

    /**
     * What to do with an event that keeps failing.
     *
     * @param parking whether the event is parked with the later events of its stream; otherwise its segment waits until it succeeds
     * @param maxAttempts the number of failed attempts after which an event is parked, 1 to 1,000,000
     * @param retryDelay the wait after the first failure, a millisecond to 20 days; it doubles with each further failure
     * @param maxRetryDelay the longest wait, a millisecond to 20 days
     */
    public record Failures(boolean parking, int maxAttempts, Duration retryDelay, Duration maxRetryDelay) {

        /** Blocks the segment, and retries after 1 second to 1 minute. */
        public static final Failures DEFAULT = new Failures(false, 10, Duration.ofSeconds(1), Duration.ofMinutes(1));

        public Failures {
            requireRange("maxAttempts", maxAttempts, 1_000_000);
            requireDelay("retryDelay", retryDelay);
            requireDelay("maxRetryDelay", maxRetryDelay);
        }
    }

    public ExternalSubscription {
        Names.checkSubscription("name", name);
        if (category != null) {
            Names.check("category", category);
        }
        types = Set.copyOf(types);
        if (types.size() > MOST_TYPES) {
            throw new IllegalArgumentException("types must be at most %d, were %d".formatted(MOST_TYPES, types.size()));
        }
        types.forEach(type -> Names.check("types", type));
    }

    /** A subscription to every event, with the defaults. */
    public static ExternalSubscription of(String name) {
        return new ExternalSubscription(name, null, Set.of(), Creation.DEFAULT, Failures.DEFAULT);
    }

    /** A copy with other settings for its creation. */
    public ExternalSubscription with(Creation other) {
        return new ExternalSubscription(name, category, types, other, failures);
    }

    /** A copy with another rule for failures. */
    public ExternalSubscription with(Failures other) {
        return new ExternalSubscription(name, category, types, creation, other);
    }

    /** A copy for one category. */
    public ExternalSubscription inCategory(String only) {
        return new ExternalSubscription(name, only, types, creation, failures);
    }

    /** A copy for some event types. */
    public ExternalSubscription ofTypes(String... only) {
        return new ExternalSubscription(name, category, Set.of(only), creation, failures);
    }

    private static void requireRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("%s must be 1 to %d, was %d".formatted(what, most, value));
        }
    }

    private static void requireDelay(String what, Duration delay) {
        if (delay.toMillis() < 1 || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException("%s must be PT0.001S to P20D, was %s".formatted(what, delay));
        }
    }
}
