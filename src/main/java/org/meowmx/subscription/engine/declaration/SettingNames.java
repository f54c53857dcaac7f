package org.meowmx.subscription.engine.declaration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which properties under the prefix mean something.
 *
 * @param subscriptions the names of the subscriptions that are here
 * @param environment the names of the environment variables
 */
record SettingNames(Collection<String> subscriptions, Set<String> environment) {

    static final String PREFIX = "meowmx.subscription.";
    static final String RENAMED_FROM = "renamed-from";
    static final String TIMEOUT = "transaction-timeout";
    static final String CHECK_NAMES = "check-names";

    /** Keys that cannot be set for one subscription alone. */
    private static final Set<String> GENERAL =
            Set.of("enabled", "poll-interval", "stop-timeout", "notify", "heartbeat", CHECK_NAMES);

    private static final Set<String> KEYS = Set.of(
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

    /** Whether a property is a key, for all subscriptions or for one that is here. */
    boolean hasKey(String property) {
        return known().contains(property) || isVariable(property);
    }

    /** Some servers list an environment variable as a property too, and cannot know which of its underscores were hyphens. */
    private boolean isVariable(String property) {
        String variable = variable(property);
        return environment.contains(variable)
                && known().stream().map(SettingNames::variable).anyMatch(variable::equals);
    }

    /** Whether a property looks like a key of a subscription that is not here. */
    boolean isOfAnother(String property) {
        String variable = variable(property);
        return Stream.concat(KEYS.stream(), PARTICULAR.stream())
                .anyMatch(key -> property.endsWith("." + key)
                        || (environment.contains(variable) && variable.endsWith("_" + variable(key))));
    }

    /** The environment variable that MicroProfile Config reads for a property. */
    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private List<String> known() {
        List<String> known = new ArrayList<>();
        GENERAL.forEach(key -> known.add(PREFIX + key));
        KEYS.forEach(key -> known.add(PREFIX + key));
        for (String name : subscriptions) {
            KEYS.forEach(key -> known.add(PREFIX + name + "." + key));
            PARTICULAR.forEach(key -> known.add(PREFIX + name + "." + key));
        }
        return known;
    }

    /** The key that a property comes nearest to. */
    String nearest(String property) {
        List<String> known = known();
        String best = known.get(0);
        for (String candidate : known) {
            if (distance(property, candidate) < distance(property, best)) {
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    private static int distance(String one, String other) {
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
}
