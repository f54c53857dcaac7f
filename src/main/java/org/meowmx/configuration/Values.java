package org.meowmx.configuration;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values that a configuration key allows.
 *
 * @param allowed a description, for messages and for the reference
 * @param parser reads a text without white space around it; throws IllegalArgumentException or DateTimeException if the text is
 *     not allowed
 */
public record Values<T>(String allowed, Function<String, T> parser) {

    /** Any text. */
    public static Values<String> text(String allowed) {
        return new Values<>(allowed, Function.identity());
    }

    /** The texts {@code true} and {@code false}. */
    public static Values<Boolean> flag() {
        return new Values<>("true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** Whole numbers in a range, both ends inclusive. */
    public static Values<Integer> wholeNumber(int least, int most) {
        return new Values<>("%d to %d".formatted(least, most), text -> within(least, Integer.valueOf(text), most));
    }

    /** ISO-8601 durations in a range, both ends inclusive. */
    public static Values<Duration> duration(String shortest, String longest) {
        Duration least = Duration.parse(shortest);
        Duration most = Duration.parse(longest);
        return new Values<>(
                "an ISO-8601 duration from %s to %s".formatted(shortest, longest),
                text -> within(least, Duration.parse(text), most));
    }

    /** The names of an enum's constants, in upper or lower case. */
    public static <E extends Enum<E>> Values<E> oneOf(Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int last = names.size() - 1;
        return new Values<>(
                String.join(", ", names.subList(0, last)) + " or " + names.get(last),
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    /** The same values for a key without a default value. As in MicroProfile Config, an empty text means no value. */
    Values<Optional<T>> optional() {
        return new Values<>(
                allowed, text -> Optional.of(text).filter(set -> !set.isEmpty()).map(parser));
    }

    private static <N extends Comparable<N>> N within(N least, N value, N most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(value.toString());
        }
        return value;
    }
}
