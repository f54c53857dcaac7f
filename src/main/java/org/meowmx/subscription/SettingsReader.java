package org.meowmx.subscription;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;
import org.meowmx.ReadFrom;
import org.meowmx.StreamId;
import org.meowmx.subscription.SubscriptionSettings.Creation;
import org.meowmx.subscription.SubscriptionSettings.FailurePolicy;
import org.meowmx.subscription.SubscriptionSettings.OnFailure;

/**
 * Reads {@code meowmx.subscription.NAME.KEY}, or {@code meowmx.subscription.KEY} for all subscriptions, and collects every
 * mistake before it reports any.
 */
final class SettingsReader {

    static final String PREFIX = "meowmx.subscription.";

    private static final String DURATION = "an ISO-8601 duration such as PT1S, from PT0.001S to P20D";
    private static final String RENAMED_FROM = "renamed-from";
    private static final String TIMEOUT = "transaction-timeout";

    /** Below a millisecond nothing is measured; PostgreSQL takes no limit beyond 24 days. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofDays(20);

    /** Keys that cannot be set for one subscription alone. */
    static final Set<String> GENERAL = Set.of("enabled", "poll-interval", "stop-timeout", "notify", "heartbeat");

    static final Set<String> KEYS = Set.of(
            "segments",
            "batch-size",
            "on-failure",
            "max-attempts",
            "start",
            "retry-delay",
            "max-retry-delay",
            "frozen-after",
            TIMEOUT);

    /** Keys that make no sense for all subscriptions together. */
    private static final Set<String> PARTICULAR = Set.of(RENAMED_FROM);

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
                creation(name), number(name, "batch-size", 1, 100_000, 500), failures(name), limits(name));
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

    private TurnLimits limits(String name) {
        boolean limited = configured(PREFIX + name + "." + TIMEOUT) != null || configured(PREFIX + TIMEOUT) != null;
        return new TurnLimits(
                duration(name, "frozen-after", TurnLimits.FROZEN_AFTER),
                limited ? duration(name, TIMEOUT, TurnLimits.FROZEN_AFTER) : null);
    }

    private FailurePolicy failures(String name) {
        return new FailurePolicy(
                value(name, "on-failure", "block or park", SettingsReader::onFailure, OnFailure.BLOCK),
                number(name, "max-attempts", 1, 1_000_000, 10),
                new Backoff(
                        duration(name, "retry-delay", SubscriptionSettings.FIRST_DELAY),
                        duration(name, "max-retry-delay", SubscriptionSettings.LONGEST_DELAY)));
    }

    /** Notes keys under the prefix that mean nothing, with the known key that they come nearest to. */
    void checkNames(Collection<String> subscriptions) {
        for (String property : config.getPropertyNames()) {
            boolean set = property.startsWith(PREFIX)
                    && config.getConfigValue(property).getValue() != null;
            if (set
                    && !isKnown(property.substring(PREFIX.length()), subscriptions)
                    && !isVariable(property, subscriptions)) {
                problems.add("%s is no configuration key; did you mean %s?"
                        .formatted(property, nearest(property, subscriptions)));
            }
        }
    }

    private static boolean isKnown(String rest, Collection<String> subscriptions) {
        return GENERAL.contains(rest)
                || KEYS.contains(rest)
                || subscriptions.stream()
                        .anyMatch(name -> rest.startsWith(name + ".") && isKey(rest.substring(name.length() + 1)));
    }

    /** Some servers list an environment variable as a property too, and cannot know which of its underscores were hyphens. */
    private boolean isVariable(String property, Collection<String> subscriptions) {
        String variable = variable(property);
        return environment.contains(variable)
                && known(subscriptions).stream().map(SettingsReader::variable).anyMatch(variable::equals);
    }

    /** The environment variable that MicroProfile Config reads for a property. */
    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static boolean isKey(String key) {
        return KEYS.contains(key) || PARTICULAR.contains(key);
    }

    private static List<String> known(Collection<String> subscriptions) {
        List<String> known = new ArrayList<>();
        GENERAL.forEach(key -> known.add(PREFIX + key));
        KEYS.forEach(key -> known.add(PREFIX + key));
        for (String name : subscriptions) {
            KEYS.forEach(key -> known.add(PREFIX + name + "." + key));
            PARTICULAR.forEach(key -> known.add(PREFIX + name + "." + key));
        }
        return known;
    }

    private static String nearest(String property, Collection<String> subscriptions) {
        List<String> known = known(subscriptions);
        String best = known.get(0);
        for (String candidate : known) {
            if (distance(property, candidate) < distance(property, best)) {
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
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
