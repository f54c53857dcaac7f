package org.meowmx.rest.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.Names;
import org.meowmx.cloudevents.JsonText;

/**
 * A JSON object in a request body. Each field is the JSON text that the client sent.
 *
 * @param pointer its place in the body, a JSON pointer (RFC 6901)
 * @param fields the JSON texts by name
 */
public record JsonObject(String pointer, Map<String, String> fields) {

    /** The longest JSON of an object of strings, with white space and escapes: several times the limit of metadata. */
    private static final int MAX_STRINGS = 8 * Metadata.MAX_SIZE;

    /**
     * Reads a body that is one object, or an array of objects.
     *
     * @param most the largest number of objects
     * @param known the allowed fields
     * @throws ProblemException if the body is something else, or has more objects
     */
    public static List<JsonObject> oneOrMany(String body, int most, Set<String> known) {
        return parse(body, parser -> {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return List.of(object("", body, parser, known));
            }
            List<JsonObject> objects = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (objects.size() == most) {
                    throw new ProblemException(
                            Problem.of(ProblemType.TOO_LARGE, "The array has more than %d elements".formatted(most))
                                    .with("limit", most));
                }
                objects.add(object("/" + objects.size(), body, parser, known));
            }
            return objects;
        });
    }

    /**
     * Reads a body that is one object.
     *
     * @param known the allowed fields
     * @throws ProblemException if the body is something else
     */
    public static JsonObject one(String body, Set<String> known) {
        return parse(body, parser -> {
            parser.nextToken();
            return object("", body, parser, known);
        });
    }

    /** Whether a field exists and is not null. */
    public boolean has(String name) {
        String json = fields.get(name);
        return json != null && !json.equals("null");
    }

    /** The JSON text of a field; null if there is no such field. */
    @Nullable
    public String json(String name) {
        return fields.get(name);
    }

    /**
     * The string in a field.
     *
     * @throws ProblemException if the field is missing or not a string
     */
    public String string(String name) {
        String json = fields.get(name);
        if (json == null || json.charAt(0) != '"') {
            throw invalid("/" + name, "must be a string");
        }
        return parse(json, parser -> {
            parser.nextToken();
            return parser.getText();
        });
    }

    /**
     * The whole number in a field.
     *
     * @throws ProblemException if the field is missing or not a number in the range
     */
    public long number(String name, long least, long most) {
        try {
            long number = Long.parseLong(Parameters.orEmpty(fields.get(name)));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw invalid("/" + name, "must be a number from %d to %d".formatted(least, most));
    }

    /**
     * The UUID in a field.
     *
     * @throws ProblemException if the field is missing or not a UUID
     */
    public UUID uuid(String name) {
        return inField(name, () -> Parameters.uuid(name, string(name)));
    }

    /**
     * The time in a field.
     *
     * @throws ProblemException if the field is missing or not a time
     */
    public Instant time(String name) {
        return inField(name, () -> Parameters.plainTime(name, string(name)));
    }

    /**
     * The duration in a field.
     *
     * @throws ProblemException if the field is missing or not a duration in the range
     */
    public Duration duration(String name, Duration least, Duration most) {
        try {
            Duration duration = Duration.parse(string(name));
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // reported below
        }
        throw invalid("/" + name, "must be an ISO-8601 duration from %s to %s".formatted(least, most));
    }

    /**
     * The name in a field.
     *
     * @throws ProblemException if the field is missing or not a name
     */
    public String name(String name) {
        String text = string(name);
        try {
            Names.check(name, text);
            return text;
        } catch (InvalidEventException e) {
            throw invalid("/" + name, e.rule());
        }
    }

    /**
     * The names in an array.
     *
     * @throws ProblemException if the field is missing, not an array of strings, or one of them is not a name
     */
    public List<String> texts(String name) {
        List<String> elements = parse(Parameters.orEmpty(fields.get(name)), parser -> {
            List<String> found = new ArrayList<>();
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw invalid("/" + name, "must be an array of strings");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    throw invalid("/" + name, "must be an array of strings");
                }
                found.add(parser.getText());
            }
            return found;
        });
        for (String element : elements) {
            try {
                Names.check(name, element);
            } catch (InvalidEventException e) {
                throw invalid("/" + name, e.rule());
            }
        }
        return elements;
    }

    /** Reads a field with the rules of a parameter. A problem names the field instead of the parameter. */
    private <T> T inField(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ProblemException e) {
            throw e.problem().type() == ProblemType.INVALID_PARAMETER
                    ? invalid("/" + name, e.problem().detail().substring(name.length() + 1))
                    : e;
        }
    }

    /**
     * The object of strings in a field; empty if the field is missing.
     *
     * @throws ProblemException if the field is something else, or too long
     */
    public Map<String, String> strings(String name) {
        String json = fields.get(name);
        if (json == null) {
            return Map.of();
        }
        if (json.length() > MAX_STRINGS) {
            throw invalid(
                    "/" + name, "has %d characters of JSON, %d are allowed".formatted(json.length(), MAX_STRINGS));
        }
        JsonObject object = parse(json, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("/" + name, "must be an object of strings");
            }
            return object(pointer + "/" + name, json, parser, null);
        });
        Map<String, String> strings = new TreeMap<>();
        object.fields.keySet().forEach(key -> strings.put(key, object.string(key)));
        return strings;
    }

    /** Writes the fields as they were sent. */
    public void write(JsonGenerator json) throws IOException {
        for (Map.Entry<String, String> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            json.writeRawValue(field.getValue());
        }
    }

    /**
     * A problem with a field of this object.
     *
     * @param field a JSON pointer within this object; empty for the object itself
     * @param rule the broken rule, as the rest of a sentence
     */
    public ProblemException invalid(String field, String rule) {
        String where = pointer + field;
        return new ProblemException(
                Problem.of(ProblemType.INVALID_EVENT, (where.isEmpty() ? "The body" : where) + " " + rule)
                        .with("field", where));
    }

    /** @param known the allowed fields; null for any */
    private static JsonObject object(String pointer, String body, JsonParser parser, @Nullable Set<String> known)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonObject(pointer, Map.of()).invalid("", "must be a JSON object");
        }
        JsonObject object = new JsonObject(pointer, new LinkedHashMap<>());
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (known != null && !known.contains(name)) {
                throw object.invalid(
                        "",
                        "has the unknown field '%s'; known fields are %s"
                                .formatted(Names.abridged(name), String.join(", ", new TreeSet<>(known))));
            }
            if (object.fields.put(name, JsonText.nextValue(parser, body)) != null) {
                throw object.invalid("", "has the same field twice");
            }
        }
        return object;
    }

    /** Something that is read from a parser. */
    private interface Reading<T> {
        T from(JsonParser parser) throws IOException;
    }

    private static <T> T parse(String text, Reading<T> reading) {
        try (JsonParser parser = JsonText.FACTORY.createParser(text)) {
            T value = reading.from(parser);
            if (parser.nextToken() != null) {
                throw invalidJson(parser.currentTokenLocation());
            }
            return value;
        } catch (JsonProcessingException e) {
            throw invalidJson(e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException invalidJson(JsonLocation where) {
        return new ProblemException(Problem.of(
                        ProblemType.INVALID_JSON,
                        "Not JSON at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr()))
                .with("line", where.getLineNr())
                .with("column", where.getColumnNr()));
    }
}
