package org.meowmx.subscription.engine.declaration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a projection. Each version is a subscription of its own: version 1 has the name of the projection, and version 2
 * the name and {@code @2}. So a subscription without a second version needs nothing of this.
 *
 * @param projection the name of the projection
 * @param number the number of the version, 1 or greater
 */
public record ProjectionVersion(String projection, int number) {

    /** Separates name and number. No declared name contains it. */
    static final char SEPARATOR = '@';

    /** The largest number of a version. */
    static final int LAST = 999_999_999;

    private static final Pattern LATER_VERSION = Pattern.compile("(.+)@([1-9][0-9]{0,8})");

    /** The version that a subscription builds. */
    public static ProjectionVersion of(String subscription) {
        Matcher later = LATER_VERSION.matcher(subscription);
        return later.matches()
                ? new ProjectionVersion(later.group(1), Integer.parseInt(later.group(2)))
                : new ProjectionVersion(subscription, 1);
    }

    /** The name of the subscription that builds this version. */
    public String subscription() {
        return number == 1 ? projection : projection + SEPARATOR + number;
    }

    /** The same version of a projection with another name. */
    public ProjectionVersion inProjection(String name) {
        return new ProjectionVersion(name, number);
    }

    /** The text for messages. */
    @Override
    public String toString() {
        return "version %d of projection '%s'".formatted(number, projection);
    }
}
