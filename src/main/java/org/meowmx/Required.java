package org.meowmx;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that arguments are present. The message of each exception names the argument.
 *
 * <p>The class is public only for the other packages of this library. It is not part of the API that applications use.
 */
public final class Required {

    private Required() {}

    /**
     * The argument.
     *
     * @param name the name of the parameter
     * @throws NullPointerException if the argument is null
     */
    public static <T> T present(String name, @Nullable T argument) {
        if (argument == null) {
            throw new NullPointerException(name + " must not be null");
        }
        return argument;
    }

    /**
     * The argument, with all its elements present.
     *
     * @param name the name of the parameter
     * @throws NullPointerException if the argument or one of its elements is null
     */
    public static <T, C extends Collection<T>> C elements(String name, @Nullable C argument) {
        C elements = present(name, argument);
        for (@Nullable T element : elements) {
            if (element == null) {
                throw new NullPointerException(name + " must not contain null");
            }
        }
        return elements;
    }

    /**
     * The argument, with all its elements present.
     *
     * @param name the name of the parameter
     * @throws NullPointerException if the argument or one of its elements is null
     */
    public static <T> T[] elements(String name, T @Nullable [] argument) {
        T[] elements = present(name, argument);
        for (@Nullable T element : elements) {
            if (element == null) {
                throw new NullPointerException(name + " must not contain null");
            }
        }
        return elements;
    }

    /**
     * The argument, with all its keys and values present.
     *
     * @param name the name of the parameter
     * @throws NullPointerException if the argument, a key or a value is null
     */
    public static <K, V> Map<K, V> entries(String name, @Nullable Map<K, V> argument) {
        Map<K, V> entries = present(name, argument);
        entries.forEach((@Nullable K key, @Nullable V value) -> {
            if (key == null || value == null) {
                throw new NullPointerException(name + " must not contain null");
            }
        });
        return entries;
    }
}
