package org.meowmx;

/**
 * The rule for names: it applies to categories, stream ids, event types and names of subscriptions.
 *
 * <p>The class is public only for the other packages of this library. It is not part of the API that applications use.
 */
public final class Names {

    /** The largest length of a name, in characters (UTF-16 code units). */
    public static final int MAX_LENGTH = 255;

    private static final int LONGEST_UNKNOWN = 40;

    private Names() {}

    /**
     * Checks a name.
     *
     * @param what the kind of name, which becomes the field of the exception
     * @param name the name: 1 to {@link #MAX_LENGTH} characters
     * @throws NullPointerException if the name is null
     * @throws InvalidEventException if the name is blank, is longer than {@link #MAX_LENGTH} characters, or contains a
     *     control character or a lone surrogate
     */
    public static void check(String what, String name) {
        if (Required.present(what, name).isBlank()) {
            throw new InvalidEventException(what, "must not be blank");
        }
        if (name.length() > MAX_LENGTH) {
            throw new InvalidEventException(
                    what, "has %d characters, %d are allowed".formatted(name.length(), MAX_LENGTH));
        }
        name.codePoints().forEach(c -> checkCharacter(what, c));
    }

    /**
     * Checks the name of a subscription that is declared at run time: only observers have versions.
     *
     * @throws InvalidEventException as {@link #check}, and if the name contains '@'
     */
    public static void checkSubscription(String what, String name) {
        check(what, name);
        if (name.indexOf('@') >= 0) {
            throw new InvalidEventException(what, "must not contain '@', which separates a name from its version");
        }
    }

    private static void checkCharacter(String what, int codePoint) {
        if (Character.isISOControl(codePoint)) {
            throw new InvalidEventException(what, "contains the control character U+%04X".formatted(codePoint));
        }
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new InvalidEventException(what, "contains the lone surrogate U+%04X".formatted(codePoint));
        }
    }

    /** A name that is not known, for a message: at most 40 of its characters, on one line. */
    public static String abridged(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_UNKNOWN ? printable : printable.substring(0, LONGEST_UNKNOWN) + "…";
    }
}
