package org.meowmx.configuration;

import java.util.Locale;
import java.util.Optional;

/**
 * The declaration of a configuration key.
 *
 * @param name the name of the property
 * @param defaultText the text of the default value, or a description of it
 * @param defaultValue the value if the key is not set
 * @param values the values that are allowed
 * @param meaning the effect of the value; the reference begins with the same words
 */
public record Key<T>(String name, String defaultText, T defaultValue, Values<T> values, String meaning) {

    /** A key with a default value. */
    public static <T> Key<T> of(String name, String defaultText, Values<T> values, String meaning) {
        return new Key<>(name, defaultText, values.parser().apply(defaultText), values, meaning);
    }

    /**
     * A key without a default value.
     *
     * @param otherwise a description of what applies if the key is not set
     */
    public static <T> Key<Optional<T>> optional(String name, String otherwise, Values<T> values, String meaning) {
        return new Key<>(name, otherwise, Optional.empty(), values.optional(), meaning);
    }

    /** The same key with a prefix before its name. */
    public Key<T> under(String prefix) {
        return new Key<>(prefix + name, defaultText, defaultValue, values, meaning);
    }

    /** The name of the environment variable that MicroProfile Config reads for a property. */
    public static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
