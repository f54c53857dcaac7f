package org.meowmx.rest.message;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meowmx.Metadata;

/**
 * A JSON object that a client has sent, cut into its fields; each is the text that was sent.
 *
 * @param pointer where it stands in the body (RFC 6901)
 * @param fields the JSON texts by name
 */
public record JsonObject(String pointer, Map<String, String> fields) {

    /** How much JSON an object of texts may be, with white space and escapes: much more than an event's metadata may have. */
    private static final int MOST_OF_TEXTS = 8 * Metadata.MAX_SIZE;

    /**
     * The objects of a body that is one, or an array of such, with no other fields than these.
     *
     * @param most how many there may be
     * @throws ProblemException when it is anything else, with the line and column of what is wrong, or has more
     */
    public static List<JsonObject> oneOrMany(String body, int most, Set<String> known) {
        return parse(body, parser -> {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return List.of(object("", body, parser, known));
            }
            List<JsonObject> objects = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (objects.size() == most) {
                    throw Problem.of(ProblemType.TOO_LARGE, "An array may have %d elements".formatted(most))
                            .with("limit", most)
                            .asException();
                }
                objects.add(object("/" + objects.size(), body, parser, known));
            }
            return objects;
        });
    }

    /**
     * A body that is one object with no other fields than these.
     *
     * @throws ProblemException when it is anything else
     */
    public static JsonObject one(String body, Set<String> known) {
        return parse(body, parser -> {
            parser.nextToken();
            return object("", body, parser, known);
        });
    }

    public boolean has(String name) {
        String json = fields.get(name);
        return json != null && !json.equals("null");
    }

    /** The JSON text of a field; null when there is no such field. */
    @Nullable
    public String json(String name) {
        return fields.get(name);
    }

    /**
     * The text in a field.
     *
     * @throws ProblemException when the field is missing or no text
     */
    public String text(String name) {
        String json = fields.get(name);
        if (json == null || json.charAt(0) != '"') {
            throw invalid("/" + name, "must be a text");
        }
        return parse(json, parser -> {
            parser.nextToken();
            return parser.getText();
        });
    }

    /**
     * The whole number in a field.
     *
     * @throws ProblemException when the field is missing or not a number in the range
     */
    public long number(String name, long least, long most) {
        try {
            long number = Long.parseLong(Parameters.orEmpty(fields.get(name)));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw invalid("/" + name, "must be a number from %d to %d".formatted(least, most));
    }

    /**
     * The UUID in a field.
     *
     * @throws ProblemException when the field is missing or no UUID
     */
    public UUID uuid(String name) {
        return inField(name, () -> Parameters.uuid(name, text(name)));
    }

    /**
     * The time in a field.
     *
     * @throws ProblemException when the field is missing or no time
     */
    public Instant time(String name) {
        return inField(name, () -> Parameters.time(name, text(name)));
    }

    /** Reads a field as a parameter, and says where it stands when it cannot be read. */
    private <T> T inField(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ProblemException e) {
            throw e.problem().type() == ProblemType.INVALID_PARAMETER
                    ? invalid("/" + name, e.problem().detail().substring(name.length() + 1))
                    : e;
        }
    }

    /** A field that is an object of texts; nothing where it is missing. */
    public Map<String, String> texts(String name) {
        String json = fields.get(name);
        return json == null ? Map.of() : textsOf(name, json);
    }

    /** JSON text of an object of texts. */
    public Map<String, String> textsOf(String name, String json) {
        if (json.length() > MOST_OF_TEXTS) {
            throw invalid("/" + name, "has %d characters, %d are allowed".formatted(json.length(), Metadata.MAX_SIZE));
        }
        JsonObject object = parse(json, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("/" + name, "must be an object of texts");
            }
            return object(pointer + "/" + name, json, parser, null);
        });
        Map<String, String> texts = new TreeMap<>();
        object.fields.keySet().forEach(key -> texts.put(key, object.text(key)));
        return texts;
    }

    public ProblemException invalid(String field, String rule) {
        String where = pointer + field;
        return Problem.of(ProblemType.INVALID_EVENT, (where.isEmpty() ? "The body" : where) + " " + rule)
                .with("field", where)
                .asException();
    }

    /** @param known the fields that there may be; null for any */
    private static JsonObject object(String pointer, String body, JsonParser parser, @Nullable Set<String> known)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonObject(pointer, Map.of()).invalid("", "must be a JSON object");
        }
        JsonObject object = new JsonObject(pointer, new LinkedHashMap<>());
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (known != null && !known.contains(name)) {
                throw object.invalid("", "has a field that is not known; known are " + String.join(", ", known));
            }
            parser.nextToken();
            long start = parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            parser.finishToken();
            long end = parser.currentLocation().getCharOffset();
            if (object.fields.put(name, body.substring((int) start, (int) end).strip()) != null) {
                throw object.invalid("", "has a field twice");
            }
        }
        return object;
    }

    /** Something to be read from a parser. */
    private interface Reading<T> {
        T from(JsonParser parser) throws IOException;
    }

    private static <T> T parse(String text, Reading<T> reading) {
        try (JsonParser parser = Json.FACTORY.createParser(text)) {
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
        return Problem.of(
                        ProblemType.INVALID_JSON,
                        "Not valid at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr()))
                .with("line", where.getLineNr())
                .with("column", where.getColumnNr())
                .asException();
    }
}
