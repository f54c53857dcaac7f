package org.meowmx.subscription.engine.declaration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meowmx.StreamId;
import org.meowmx.configuration.Key;
import org.meowmx.configuration.Values;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.transaction.TransactionLimits;

/**
 * The configuration keys of subscriptions.
 *
 * <p>The keys of {@link #NODE} have full names. Those of {@link #EACH} and {@link #SINGLE} have a prefix:
 * {@code meowmx.subscription.NAME.} for one subscription, or {@code meowmx.subscription.} for all of them. A later version of
 * a projection may have the keys of {@link #EACH} under {@code meowmx.subscription.NAME@VERSION.}.
 */
public final class SubscriptionKeys {

    /** Begins the name of each key. */
    public static final String PREFIX = "meowmx.subscription.";

    /** Shorter durations than a millisecond are not measured. PostgreSQL allows no time limit above 24 days. */
    private static final Values<Duration> DURATION = Values.duration("PT0.001S", "P20D");

    static final Key<Boolean> ENABLED =
            Key.of(PREFIX + "enabled", "true", Values.flag(), "whether this node runs subscriptions");

    /** The upper limit is half the time after which the poll loop watchdog reports an idle node as dead. */
    static final Key<Duration> POLL_INTERVAL = Key.of(
            PREFIX + "poll-interval",
            "PT0.5S",
            Values.duration("PT0.001S", "PT1M"),
            "how often a node polls for new events");

    static final Key<Boolean> NOTIFY =
            Key.of(PREFIX + "notify", "true", Values.flag(), "whether nodes wake each other with PostgreSQL's NOTIFY");

    static final Key<Duration> HEARTBEAT =
            Key.of(PREFIX + "heartbeat", "PT10S", DURATION, "how often a node sends a heartbeat");

    static final Key<Duration> STOP_TIMEOUT = Key.of(
            PREFIX + "stop-timeout", "PT10S", DURATION, "how long the stopping application waits for running turns");

    static final Key<Boolean> CHECK_NAMES = Key.of(
            PREFIX + "check-names",
            "true",
            Values.flag(),
            "whether a key of a subscription that no observer names fails the deployment");

    static final Key<Integer> SEGMENTS = Key.of(
            "segments",
            "1",
            Values.wholeNumber(1, StreamId.SLICES),
            "the number of segments when the subscription is created");

    static final Key<ReadFrom> START = Key.of(
            "start",
            "beginning",
            new Values<>(
                    "beginning, now, a position, or a time such as 2026-01-31T12:00:00Z", SubscriptionKeys::readFrom),
            "where the subscription starts when it is created");

    static final Key<Optional<String>> RENAMED_FROM = Key.optional(
            "renamed-from",
            "none",
            Values.text("the name of a subscription; the key is for a single subscription"),
            "the former name of the subscription");

    static final Key<Integer> BATCH_SIZE =
            Key.of("batch-size", "2000", Values.wholeNumber(1, 100_000), "the largest number of events in one turn");

    static final Key<OnFailure> ON_FAILURE =
            Key.of("on-failure", "block", Values.oneOf(OnFailure.class), "what to do with an event that keeps failing");

    static final Key<Integer> MAX_ATTEMPTS = Key.of(
            "max-attempts",
            "10",
            Values.wholeNumber(1, 1_000_000),
            "with park, the number of failures after which the event is parked");

    static final Key<Duration> RETRY_DELAY =
            Key.of("retry-delay", "PT1S", DURATION, "the wait after the first failure");

    static final Key<Duration> MAX_RETRY_DELAY = Key.of("max-retry-delay", "PT1M", DURATION, "the longest wait");

    static final Key<Boolean> DERIVED_IDS = Key.of(
            "derived-ids",
            "true",
            Values.flag(),
            "whether events that handlers append are recognised when the handled event is handled again");

    static final Key<Duration> FROZEN_AFTER = Key.of(
            "frozen-after",
            TransactionLimits.DEFAULT.frozenAfter().toString(),
            DURATION,
            "how long a turn may send nothing to the database");

    static final Key<Optional<Duration>> TRANSACTION_TIMEOUT = Key.optional(
            "transaction-timeout", "the server's", DURATION, "the time after which JTA rolls the turn back");

    /** Keys of a node, for all of its subscriptions together. */
    public static final List<Key<?>> NODE =
            List.of(ENABLED, POLL_INTERVAL, NOTIFY, HEARTBEAT, STOP_TIMEOUT, CHECK_NAMES);

    /** Keys that can be set for one subscription, or for all. */
    public static final List<Key<?>> EACH = List.of(
            SEGMENTS,
            START,
            BATCH_SIZE,
            ON_FAILURE,
            MAX_ATTEMPTS,
            RETRY_DELAY,
            MAX_RETRY_DELAY,
            DERIVED_IDS,
            FROZEN_AFTER,
            TRANSACTION_TIMEOUT);

    /** Keys that can only be set for one subscription. */
    public static final List<Key<?>> SINGLE = List.of(RENAMED_FROM);

    private SubscriptionKeys() {}

    /** The prefix of the keys of one subscription. */
    static String prefix(String subscription) {
        return PREFIX + subscription + ".";
    }

    private static ReadFrom readFrom(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "beginning" -> ReadFrom.beginning();
            case "now" -> ReadFrom.now();
            default ->
                text.chars().allMatch(Character::isDigit)
                        ? ReadFrom.after(Long.parseLong(text))
                        : ReadFrom.time(Instant.parse(text));
        };
    }
}
