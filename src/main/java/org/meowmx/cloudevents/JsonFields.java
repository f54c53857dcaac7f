package org.meowmx.cloudevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.Metadata;
import org.meowmx.Names;
import org.meowmx.UuidText;

/**
 * The fields of a JSON object, each as the JSON text that was written.
 *
 * @param texts the JSON texts by name
 */
record JsonFields(Map<String, String> texts) {

    /** The longest JSON that metadata may have, with white space and escapes. */
    private static final int MAX_METADATA = 8 * Metadata.MAX_SIZE;

    /**
     * Reads an object that has no other fields than the known ones.
     *
     * @throws InvalidCloudEventException if the text is something else
     */
    static JsonFields read(String text, Set<String> known) {
        return read("", text, known);
    }

    /**
     * @param attribute whose value the text is; empty for the whole event
     * @param known the allowed fields; null for any
     */
    private static JsonFields read(String attribute, String text, @Nullable Set<String> known) {
        return parse(attribute, text, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidCloudEventException(
                        attribute, attribute.isEmpty() ? "must be a JSON object" : "must be an object of strings");
            }
            Map<String, String> texts = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (known != null && !known.contains(name)) {
                    throw new InvalidCloudEventException(
                            attribute,
                            "has the unknown field '%s'; known fields are %s"
                                    .formatted(Names.abridged(name), String.join(", ", new TreeSet<>(known))));
                }
                if (texts.put(name, value(parser, text)) != null) {
                    throw new InvalidCloudEventException(attribute, "has the same field twice");
                }
            }
            return new JsonFields(texts);
        });
    }

    /** The text of the next value, with its numbers, order and white space. */
    private static String value(JsonParser parser, String text) throws IOException {
        parser.nextToken();
        long start = parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        long end = parser.currentLocation().getCharOffset();
        return text.substring((int) start, (int) end).strip();
    }

    /** Something that is read from a parser. */
    private interface Reading<T> {
        T from(JsonParser parser) throws IOException;
    }

    private static <T> T parse(String attribute, String text, Reading<T> reading) {
        try (JsonParser parser = JsonText.FACTORY.createParser(text)) {
            T value = reading.from(parser);
            if (parser.nextToken() != null) {
                throw new CloudEventSyntaxException(attribute, parser.currentTokenLocation());
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new CloudEventSyntaxException(attribute, e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a field exists and is not null. */
    boolean has(String name) {
        String json = texts.get(name);
        return json != null && !json.equals("null");
    }

    /** The JSON text of a field; null if there is no such field. */
    @Nullable
    String json(String name) {
        return texts.get(name);
    }

    String string(String name) {
        return string(name, name);
    }

    private String string(String name, String attribute) {
        String json = texts.get(name);
        if (json == null || json.charAt(0) != '"') {
            throw new InvalidCloudEventException(attribute, "must be a string");
        }
        return parse(attribute, json, parser -> {
            parser.nextToken();
            return parser.getText();
        });
    }

    UUID uuid(String name) {
        return UuidText.parse(string(name)).orElseThrow(() -> new InvalidCloudEventException(name, "must be a UUID"));
    }

    Instant time(String name) {
        try {
            return OffsetDateTime.parse(string(name)).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidCloudEventException(
                    name, "must be an ISO-8601 time with a zone, such as 2026-01-31T12:00:00Z");
        }
    }

    /** The strings of an object that is written as a string, as no attribute of a CloudEvent can be an object. */
    Map<String, String> strings(String name) {
        String json = string(name);
        if (json.length() > MAX_METADATA) {
            throw new InvalidCloudEventException(
                    name, "has %d characters, %d are allowed".formatted(json.length(), Metadata.MAX_SIZE));
        }
        JsonFields fields = read(name, json, null);
        Map<String, String> strings = new TreeMap<>();
        fields.texts.keySet().forEach(key -> strings.put(key, fields.string(key, name + "/" + key)));
        return strings;
    }
}
