package org.meowmx;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The text form of a UUID: 36 characters in five groups of hexadecimal digits. Public only for the other packages of this library. */
public final class UuidText {

    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private UuidText() {}

    /**
     * The UUID that a text denotes; empty if the text has any other form. {@link UUID#fromString} alone would also accept
     * shortened groups, such as {@code 1-1-1-1-1}.
     */
    public static Optional<UUID> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
