package org.meowmx.testkit;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Keeps the start of Hibernate, Weld and Narayana, which each test method repeats, out of the log. It does not change a logging
 * configuration of the user.
 */
final class QuietLogs {

    /** The last one warns about two properties that Open Liberty requires in a persistence unit. */
    private static final Map<String, Level> LEVELS = Map.of(
            "org.hibernate", Level.WARNING,
            "org.jboss.weld", Level.WARNING,
            "com.arjuna", Level.WARNING,
            "io.agroal", Level.WARNING,
            "org.hibernate.orm.deprecation", Level.SEVERE);

    /** Keeps references, because Java forgets the level of a logger without one. */
    private static final List<Logger> LOGGERS =
            LEVELS.keySet().stream().map(Logger::getLogger).toList();

    private QuietLogs() {}

    static void begin() {
        boolean configured = Stream.of("java.util.logging.config.file", "java.util.logging.config.class")
                .anyMatch(key -> System.getProperty(key) != null);
        if (!configured) {
            LOGGERS.stream()
                    .filter(logger -> logger.getLevel() == null)
                    .forEach(logger -> logger.setLevel(LEVELS.get(logger.getName())));
        }
    }
}
