package org.meowmx.configuration;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.meowmx.StartupException;

/** Fails the deployment when a value is not allowed, or a key under our prefixes does not exist. */
@ApplicationScoped
class ConfigurationCheck {

    private static final List<String> PREFIXES =
            List.of("meowmx.append.", "meowmx.event.", "meowmx.rest.", "meowmx.schema.");

    /** The longest JSON is what PostgreSQL can keep as jsonb, the longest body what fits into an array of Java's. */
    private static final Map<String, Rule> RULES = new TreeMap<>(Map.of(
            "meowmx.append.max-events", whole(1, 100_000),
            "meowmx.event.max-size", whole(1, 268_435_455),
            "meowmx.rest.max-body", whole(1, Integer.MAX_VALUE - 8),
            "meowmx.rest.live.max-readers", whole(0, 1_000_000),
            "meowmx.rest.live.heartbeat", duration(Duration.ofMillis(100), Duration.ofDays(1)),
            "meowmx.schema.mode", new Rule("validate, migrate or none", ConfigurationCheck::isMode)));

    @Inject
    Config config;

    Set<String> environment = System.getenv().keySet();

    /**
     * What is allowed.
     *
     * @param allowed in words
     * @param admits whether a text is; throws where it is none at all
     */
    private record Rule(String allowed, Predicate<String> admits) {

        boolean isBrokenBy(String text) {
            try {
                return !admits.test(text);
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return true;
            }
        }
    }

    private static Rule whole(int least, int most) {
        return new Rule("%d to %d".formatted(least, most), text -> {
            int number = Integer.parseInt(text);
            return least <= number && number <= most;
        });
    }

    private static Rule duration(Duration least, Duration most) {
        return new Rule("an ISO-8601 duration from %s to %s".formatted(least, most), text -> {
            Duration duration = Duration.parse(text);
            return least.compareTo(duration) <= 0 && duration.compareTo(most) <= 0;
        });
    }

    private static boolean isMode(String text) {
        return Set.of("validate", "migrate", "none").contains(text.toLowerCase(Locale.ROOT));
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) Startup event) {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new StartupException(problems);
        }
    }

    /** One sentence for each mistake. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        RULES.forEach((key, rule) -> {
            ConfigValue found = config.getConfigValue(key);
            if (found.getValue() != null && rule.isBrokenBy(found.getValue().trim())) {
                problems.add("%s is '%s' in %s; allowed is %s."
                        .formatted(key, found.getValue(), found.getSourceName(), rule.allowed()));
            }
        });
        for (String property : config.getPropertyNames()) {
            if (PREFIXES.stream().anyMatch(property::startsWith)
                    && !RULES.containsKey(property)
                    && !environment.contains(variable(property))) {
                problems.add("%s is no configuration key; there are %s."
                        .formatted(property, String.join(", ", RULES.keySet())));
            }
        }
        return problems;
    }

    /** Some servers list every environment variable as a property too, and cannot know which of its underscores were hyphens. */
    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
