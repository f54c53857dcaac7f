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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.meowmx.InvalidEventException;

/**
 * What JSON text may be stored: one well-formed value, within the size and {@value #MAX_DEPTH} levels, no key twice in an
 * object, no U+0000 and no lone surrogate (PostgreSQL's jsonb refuses both), numbers within the range of a double.
 */
final class JsonRules {

    static final int MAX_DEPTH = 500;

    private static final int MAX_DIGITS = 1_000;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private final int maxSize;
    private final JsonFactory factory;

    /** @param maxSize the longest text, in UTF-16 characters */
    JsonRules(int maxSize) {
        this.maxSize = maxSize;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(MAX_DIGITS)
                        .build())
                .build();
    }

    /**
     * @param what names the text in messages
     * @throws InvalidEventException when a rule is broken
     */
    void check(String what, String json) {
        if (json.length() > maxSize) {
            throw new InvalidEventException(
                    what, "has %d characters, meowmx.event.max-size allows %d".formatted(json.length(), maxSize));
        }
        try (JsonParser parser = factory.createParser(json)) {
            new Walk(what, parser, isPlain(json)).walk();
        } catch (StreamConstraintsException e) {
            throw new InvalidEventException(what, "has a number of more than %d digits".formatted(MAX_DIGITS));
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw new InvalidEventException(
                    what, "is not valid JSON at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether its texts need no look each: the parser refuses all else that they may not hold. */
    private static boolean isPlain(String json) {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** One walk over one text. */
    private record Walk(String what, JsonParser parser, boolean plain, Deque<Set<String>> keys) {

        Walk(String what, JsonParser parser, boolean plain) {
            this(what, parser, plain, new ArrayDeque<>());
        }

        void walk() throws IOException {
            if (parser.nextToken() == null) {
                throw new InvalidEventException(what, "is empty");
            }
            do {
                check(parser.currentToken());
            } while (parser.nextToken() != null && !keys.isEmpty());
            if (parser.currentToken() != null) {
                throw new InvalidEventException(what, "is more than one JSON value");
            }
        }

        private void check(JsonToken token) throws IOException {
            switch (token) {
                case START_OBJECT -> enter(new HashSet<>());
                case START_ARRAY -> enter(Set.of());
                case END_OBJECT, END_ARRAY -> keys.pop();
                case FIELD_NAME -> checkName();
                case VALUE_STRING -> checkText();
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> checkNumber();
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
                throw refused("is there twice");
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

        private void checkNumber() throws IOException {
            double number = parser.getDoubleValue();
            if (Double.isInfinite(number)
                    || (number == 0 && parser.getDecimalValue().signum() != 0)) {
                throw refused("is a number outside the range of a double");
            }
        }

        /** Names the place by its JSON pointer (RFC 6901). */
        private InvalidEventException refused(String rule) {
            String pointer = parser.getParsingContext().pathAsPointer().toString();
            return new InvalidEventException(what + UNPRINTABLE.matcher(pointer).replaceAll("\uFFFD"), rule);
        }
    }
}
