package org.meowmx.serialization;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.meowmx.InvalidEventException;

/**
 * The rules for JSON text that may be stored. It is one well-formed value within the maximum size and {@value #MAX_DEPTH} levels.
 * No object has a key twice. No text has U+0000 or a lone surrogate, which PostgreSQL's jsonb refuses. Numbers are within the
 * range of a double and have at most {@value #MAX_DIGITS} digits.
 *
 * <p>PostgreSQL returns numbers without exponents, and with white space of its own. Digits and size are therefore those of the
 * text that will be read, so that stored text never exceeds the limits. White space between tokens is not counted, so that text
 * which was read can be stored again.
 */
final class JsonRules {

    static final int MAX_DEPTH = 500;

    private static final int MAX_DIGITS = 1_000;
    private static final String TOO_MANY_DIGITS = "has a number with more than %d digits".formatted(MAX_DIGITS);
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private final int maxSize;
    private final JsonFactory factory;

    /** @param maxSize the maximum length of a text, in UTF-16 characters without the white space between tokens */
    JsonRules(int maxSize) {
        this.maxSize = maxSize;
        this.factory = parsers(unlimited().maxNestingDepth(Integer.MAX_VALUE).maxNumberLength(MAX_DIGITS));
    }

    /** Parsers for text that has passed the rules. Jackson's own limits, such as that on the length of keys, would refuse some of it. */
    static JsonFactory parsers() {
        return parsers(unlimited().maxNumberLength(Integer.MAX_VALUE));
    }

    private static JsonFactory parsers(StreamReadConstraints.Builder limits) {
        return JsonFactory.builder().streamReadConstraints(limits.build()).build();
    }

    private static StreamReadConstraints.Builder unlimited() {
        return StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE);
    }

    /**
     * @param what the name of the text in messages
     * @throws InvalidEventException when a rule is broken
     */
    void check(String what, String json) {
        requireSize(what, json, 0);
        try (JsonParser parser = factory.createParser(json)) {
            long growth = new Walk(what, parser, isPlain(json)).walk();
            requireSize(what, json, growth);
        } catch (StreamConstraintsException e) {
            throw new InvalidEventException(what, TOO_MANY_DIGITS);
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw new InvalidEventException(
                    what, "is not valid JSON at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param growth the number of characters by which the text is longer when it is read */
    private void requireSize(String what, String json, long growth) {
        if (json.length() + growth > maxSize) {
            long size = compactLength(json) + growth;
            if (size > maxSize) {
                throw new InvalidEventException(
                        what, "has %d characters, meowmx.event.max-size allows %d".formatted(size, maxSize));
            }
        }
    }

    /** The length of a text without the white space between its tokens. */
    private static int compactLength(String json) {
        int length = 0;
        boolean inString = false;
        boolean escaped = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"' && !escaped) {
                inString = !inString;
            }
            escaped = c == '\\' && !escaped;
            if (inString || c > ' ') {
                length++;
            }
        }
        return length;
    }

    /** Whether the strings need no check of their own: without escapes and surrogates, the parser refuses every forbidden character. */
    private static boolean isPlain(String json) {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** One pass over one text. */
    private static final class Walk {

        private final String what;
        private final JsonParser parser;
        private final boolean plain;
        private final Deque<Set<String>> keys = new ArrayDeque<>();
        private long growth;

        Walk(String what, JsonParser parser, boolean plain) {
            this.what = what;
            this.parser = parser;
            this.plain = plain;
        }

        /** @return the number of characters by which the text is longer when its numbers have no exponents */
        long walk() throws IOException {
            if (parser.nextToken() == null) {
                throw new InvalidEventException(what, "is empty");
            }
            do {
                check(parser.currentToken());
            } while (parser.nextToken() != null && !keys.isEmpty());
            if (parser.currentToken() != null) {
                throw new InvalidEventException(what, "is more than one JSON value");
            }
            return growth;
        }

        private void check(JsonToken token) throws IOException {
            switch (token) {
                case START_OBJECT -> enter(new HashSet<>());
                case START_ARRAY -> enter(Set.of());
                case END_OBJECT, END_ARRAY -> keys.pop();
                case FIELD_NAME -> checkName();
                case VALUE_STRING -> checkText();
                case VALUE_NUMBER_INT -> checkRange();
                case VALUE_NUMBER_FLOAT -> {
                    checkRange();
                    checkDigits();
                }
                default -> {}
            }
        }

        private void enter(Set<String> keysOfLevel) {
            keys.push(keysOfLevel);
            if (keys.size() > MAX_DEPTH) {
                throw refused("is nested deeper than %d levels".formatted(MAX_DEPTH));
            }
        }

        private void checkName() throws IOException {
            checkText();
            if (!keys.element().add(parser.currentName())) {
                throw refused("occurs twice in its object");
            }
        }

        private void checkText() throws IOException {
            if (plain) {
                return;
            }
            char[] text = parser.getTextCharacters();
            int start = parser.getTextOffset();
            int end = start + parser.getTextLength();
            for (int i = start; i < end; i++) {
                if (text[i] == 0) {
                    throw refused("contains U+0000, which PostgreSQL cannot store");
                }
                if (Character.isSurrogate(text[i])) {
                    if (i + 1 == end || !Character.isSurrogatePair(text[i], text[i + 1])) {
                        throw refused("contains a lone surrogate");
                    }
                    i++;
                }
            }
        }

        private void checkRange() throws IOException {
            double number = parser.getDoubleValue();
            if (Double.isInfinite(number) || (number == 0 && decimal().signum() != 0)) {
                throw refused("is a number outside the range of a double");
            }
        }

        private BigDecimal decimal() throws IOException {
            try {
                return parser.getDecimalValue();
            } catch (NumberFormatException e) {
                throw refused(TOO_MANY_DIGITS);
            }
        }

        /** Checks the digits that a number has without its exponent. */
        private void checkDigits() throws IOException {
            String text = parser.getText();
            if (text.indexOf('e') < 0 && text.indexOf('E') < 0) {
                return;
            }
            BigDecimal number = decimal();
            long digits = Math.max(
                    number.precision(), Math.max(number.scale() + 1L, (long) number.precision() - number.scale()));
            if (digits > MAX_DIGITS) {
                throw refused(TOO_MANY_DIGITS);
            }
            long length = digits + (number.scale() > 0 ? 1 : 0) + (number.signum() < 0 ? 1 : 0);
            growth += length - text.length();
        }

        /** The exception names the place by its JSON pointer (RFC 6901). */
        private InvalidEventException refused(String rule) {
            String pointer = parser.getParsingContext().pathAsPointer().toString();
            return new InvalidEventException(what + UNPRINTABLE.matcher(pointer).replaceAll("\uFFFD"), rule);
        }
    }
}
