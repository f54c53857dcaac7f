package org.meowmx.cloudevents;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.meowmx.Names;

/** The rules of CloudEvents 1.0.2 for the names and the values of attributes. */
final class AttributeRules {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,9})");

    /** RFC 2046: a type and a subtype, each a token, and parameters. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+\\s*(;.*)?");

    private static final Pattern JSON_TYPE =
            Pattern.compile("[^/;]+/([^/;]+\\+)?json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private AttributeRules() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void requireName(String name) {
        if (!isName(name)) {
            throw new InvalidCloudEventException(
                    "",
                    "has the attribute '%s'; the name of an attribute consists of the letters a to z and the digits 0 to 9"
                            .formatted(Names.abridged(name)));
        }
    }

    /** Whether a text may be the value of an attribute: no control characters, noncharacters or lone surrogates. */
    static boolean isText(String value) {
        return value.codePoints().allMatch(AttributeRules::isAllowed);
    }

    private static boolean isAllowed(int c) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return !Character.isISOControl(c) && !surrogate && !noncharacter;
    }

    /** Whether a JSON text is a Boolean or an Integer of CloudEvents, which has 32 bits. */
    static boolean isBooleanOrInteger(String json) {
        if (json.equals("true") || json.equals("false")) {
            return true;
        }
        return INTEGER.matcher(json).matches() && Long.parseLong(json) == (int) Long.parseLong(json);
    }

    /** Whether a text may be a source: a URI reference that is not empty. */
    static boolean isSource(String text) {
        try {
            return isText(text) && !text.isEmpty() && !new URI(text).toString().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static boolean isAbsoluteUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static boolean isMediaType(String text) {
        return MEDIA_TYPE.matcher(text).matches() && isText(text);
    }

    /** Whether a media type says that its content is JSON. */
    static boolean isJson(String mediaType) {
        return JSON_TYPE.matcher(mediaType).matches();
    }
}
