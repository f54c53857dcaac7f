package org.meowmx.configuration;

import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.meowmx.StartupException;

/** The values of the configuration keys. Each value is read once, so a change takes effect at the next start. */
public final class Settings {

    private final Config config;
    private final Set<String> environment;
    private final Map<String, Object> values = new ConcurrentHashMap<>();

    /**
     * @param config the source of the values
     * @param environment the names of the environment variables
     */
    public Settings(Config config, Set<String> environment) {
        this.config = config;
        this.environment = Set.copyOf(environment);
    }

    /**
     * The value of a key, or its default value if the key is not set.
     *
     * @throws StartupException if the value is not allowed
     */
    @SuppressWarnings("unchecked") // one name has one key
    public <T> T get(Key<T> key) {
        return (T) values.computeIfAbsent(key.name(), name -> read(key));
    }

    /**
     * The value of the first key that is set. If none is set, the default value of the last one.
     *
     * @throws StartupException if the value is not allowed
     */
    @SafeVarargs
    public final <T> T get(Key<T> first, Key<T>... others) {
        Key<T> found = first;
        for (int next = 0; next < others.length && !isSet(found.name()); next++) {
            found = others[next];
        }
        return get(found);
    }

    private Object read(Key<?> key) {
        problem(key).ifPresent(problem -> {
            throw new StartupException(List.of(problem));
        });
        return isSet(key.name()) ? parsed(key, config.getConfigValue(key.name())) : key.defaultValue();
    }

    private static <T> T parsed(Key<T> key, ConfigValue found) {
        return key.values().parser().apply(found.getValue().trim());
    }

    /** The reason why the value of a key is not allowed; empty if it is allowed, or not set. */
    public Optional<String> problem(Key<?> key) {
        ConfigValue found = config.getConfigValue(key.name());
        if (found.getValue() == null) {
            return Optional.empty();
        }
        try {
            parsed(key, found);
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.of("%s is '%s' in %s; allowed: %s."
                    .formatted(
                            key.name(),
                            found.getValue(),
                            found.getSourceName(),
                            key.values().allowed()));
        }
    }

    /** Whether a property has a value. */
    boolean isSet(String property) {
        return config.getConfigValue(property).getValue() != null;
    }

    /** The names of all properties that the sources list. */
    Iterable<String> properties() {
        return config.getPropertyNames();
    }

    /** The names of the environment variables. */
    Set<String> environment() {
        return environment;
    }

    /** Whether an environment variable has the name that belongs to a property. */
    public boolean hasVariable(String property) {
        return environment.contains(Key.variable(property));
    }
}
