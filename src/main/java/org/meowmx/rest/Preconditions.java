package org.meowmx.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.meowmx.ExpectedVersion;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.ProblemException;

/**
 * The conditional headers of RFC 9110 as expected versions. The entity tag of a stream is its version.
 *
 * <p>The version identifies the state of the stream, not the bytes of an answer. Therefore a weak tag, such as {@code W/"3"}, and a tag
 * with the name of an encoding, such as {@code "3-gzip"}, mean the same version. Proxies that compress an answer change its tag in this
 * way.
 */
final class Preconditions {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})(?:[-;:]{1,2}[A-Za-z][A-Za-z0-9-]*)?\"");

    private Preconditions() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** @throws ProblemException if a header has another form, or both are present */
    static ExpectedVersion expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && ifNoneMatch != null) {
            throw Parameters.invalid("If-None-Match", "is not allowed together with If-Match");
        }
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.equals("*")) {
                throw Parameters.invalid("If-None-Match", "must be * in an append: the stream must not exist");
            }
            return ExpectedVersion.noStream();
        }
        return ifMatch == null ? ExpectedVersion.any() : matching(ifMatch);
    }

    private static ExpectedVersion matching(String ifMatch) {
        if (ifMatch.equals("*")) {
            return ExpectedVersion.streamExists();
        }
        Matcher tag = TAG.matcher(ifMatch);
        if (!tag.matches()) {
            throw Parameters.invalid("If-Match", "must be * or one version in quotation marks, such as \"3\"");
        }
        return ExpectedVersion.exactly(Long.parseLong(tag.group(1)));
    }

    /** Whether the client has this version already. */
    static boolean isKnown(@Nullable String ifNoneMatch, long version) {
        if (ifNoneMatch == null) {
            return false;
        }
        return ifNoneMatch.equals("*")
                ? version > 0
                : TAG.matcher(ifNoneMatch).results().anyMatch(tag -> tag.group(1)
                        .equals(Long.toString(version)));
    }
}
