package org.meowmx;

/** The rule that categories, stream ids, event types and the names of subscriptions share. */
public final class Names {

    /** How many characters a name may have. */
    public static final int MAX_LENGTH = 255;

    private Names() {}

    /**
     * Checks a name.
     *
     * @param what is named, as the field of the exception
     * @throws InvalidEventException when it is blank, has more than {@link #MAX_LENGTH} characters, or holds a control
     *     character or a lone surrogate
     */
    public static void check(String what, String name) {
        if (name.isBlank()) {
            throw new InvalidEventException(what, "must not be blank");
        }
        if (name.length() > MAX_LENGTH) {
            throw new InvalidEventException(
                    what, "has " + name.length() + " characters, " + MAX_LENGTH + " are allowed");
        }
        name.codePoints().forEach(c -> checkCharacter(what, c));
    }

    private static void checkCharacter(String what, int codePoint) {
        if (Character.isISOControl(codePoint)) {
            throw new InvalidEventException(what, "contains the control character U+%04X".formatted(codePoint));
        }
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new InvalidEventException(what, "contains the lone surrogate U+%04X".formatted(codePoint));
        }
    }
}
