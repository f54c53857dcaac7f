package org.meowmx.subscription.engine.declaration;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;
import org.meowmx.StreamId;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.Creation;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.FailurePolicy;
import org.meowmx.subscription.engine.declaration.SubscriptionSettings.OnFailure;
import org.meowmx.transaction.TransactionLimits;

/**
 * Reads {@code meowmx.subscription.NAME.KEY}, or {@code meowmx.subscription.KEY} for all subscriptions, and collects every
 * mistake before it reports any.
 */
final class SettingsReader {

    static final String PREFIX = SettingNames.PREFIX;

    private static final String DURATION = "an ISO-8601 duration such as PT1S, from PT0.001S to P20D";
    private static final String RENAMED_FROM = SettingNames.RENAMED_FROM;
    private static final String TIMEOUT = SettingNames.TIMEOUT;

    /** Below a millisecond nothing is measured; PostgreSQL takes no limit beyond 24 days. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofDays(20);

    private final Config config;
    private final Set<String> environment;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param config where the values are
     * @param environment the names of the environment variables
     */
    SettingsReader(Config config, Set<String> environment) {
        this.config = config;
        this.environment = environment;
    }

    List<String> problems() {
        return problems;
    }

    /** What holds for the node and all of its subscriptions. */
    NodeSettings node() {
        return new NodeSettings(
                flag("enabled"),
                flag("notify"),
                general("poll-interval", NodeSettings.POLL_INTERVAL),
                general("stop-timeout", NodeSettings.STOP_TIMEOUT),
                general("heartbeat", NodeSettings.HEARTBEAT));
    }

    private boolean flag(String key) {
        return value(List.of(PREFIX + key), "true or false", SettingsReader::flagOf, true);
    }

    private static boolean flagOf(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private Duration general(String key, Duration otherwise) {
        return value(List.of(PREFIX + key), DURATION, SettingsReader::durationOf, otherwise);
    }

    SubscriptionSettings read(String name) {
        return new SubscriptionSettings(
                creation(name), number(name, "batch-size", 1, 100_000, 2_000), failures(name), limits(name));
    }

    private Creation creation(String name) {
        return new Creation(
                number(name, "segments", 1, StreamId.SLICES, 1),
                value(
                        name,
                        "start",
                        "beginning, now, a position or an ISO-8601 time",
                        SettingsReader::start,
                        ReadFrom.beginning()),
                configured(PREFIX + name + "." + RENAMED_FROM));
    }

    private @Nullable String configured(String property) {
        return config.getConfigValue(property).getValue();
    }

    private TransactionLimits limits(String name) {
        boolean limited = configured(PREFIX + name + "." + TIMEOUT) != null || configured(PREFIX + TIMEOUT) != null;
        return new TransactionLimits(
                duration(name, "frozen-after", TransactionLimits.DEFAULT.frozenAfter()),
                limited ? duration(name, TIMEOUT, TransactionLimits.DEFAULT.frozenAfter()) : null);
    }

    private FailurePolicy failures(String name) {
        return new FailurePolicy(
                value(name, "on-failure", "block or park", SettingsReader::onFailure, OnFailure.BLOCK),
                number(name, "max-attempts", 1, 1_000_000, 10),
                new Backoff(
                        duration(name, "retry-delay", SubscriptionSettings.FIRST_DELAY),
                        duration(name, "max-retry-delay", SubscriptionSettings.LONGEST_DELAY)));
    }

    /**
     * Notes keys under the prefix that mean nothing, with the known key that they come nearest to. The keys of subscriptions
     * that are not here may be somebody else's, if the configuration says so.
     */
    void checkNames(Collection<String> subscriptions) {
        SettingNames names = new SettingNames(subscriptions, environment);
        boolean strict = flag(SettingNames.CHECK_NAMES);
        for (String property : config.getPropertyNames()) {
            boolean set = property.startsWith(PREFIX)
                    && config.getConfigValue(property).getValue() != null;
            if (set && !names.hasKey(property) && (strict || !names.isOfAnother(property))) {
                problems.add(
                        "%s is no configuration key; did you mean %s?".formatted(property, names.nearest(property)));
            }
        }
    }

    private int number(String name, String key, int least, int most, int otherwise) {
        return value(
                name,
                key,
                least + " to " + most,
                text -> {
                    int number = Integer.parseInt(text);
                    if (number < least || number > most) {
                        throw new IllegalArgumentException(text);
                    }
                    return number;
                },
                otherwise);
    }

    private Duration duration(String name, String key, Duration otherwise) {
        return value(name, key, DURATION, SettingsReader::durationOf, otherwise);
    }

    private static Duration durationOf(String text) {
        Duration duration = Duration.parse(text);
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    private <T> T value(String name, String key, String allowed, Function<String, T> parse, T otherwise) {
        return value(List.of(PREFIX + name + "." + key, PREFIX + key), allowed, parse, otherwise);
    }

    /** The value of the first of these properties that is set. */
    private <T> T value(List<String> properties, String allowed, Function<String, T> parse, T otherwise) {
        for (String property : properties) {
            ConfigValue found = config.getConfigValue(property);
            if (found.getValue() != null) {
                return parsed(property, found, allowed, parse, otherwise);
            }
        }
        return otherwise;
    }

    private <T> T parsed(String property, ConfigValue found, String allowed, Function<String, T> parse, T otherwise) {
        try {
            return parse.apply(found.getValue().trim());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            problems.add("%s is '%s' in %s; allowed is %s."
                    .formatted(property, found.getValue(), found.getSourceName(), allowed));
            return otherwise;
        }
    }

    private static OnFailure onFailure(String text) {
        return OnFailure.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static ReadFrom start(String text) {
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
