package org.meowmx.cloudevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meowmx.Names;

/**
 * The fields of a JSON object, each as the JSON text that was written.
 *
 * @param texts the JSON texts by name
 */
record JsonFields(Map<String, String> texts) {

    /** An object with more members than this has too many extension attributes. */
    private static final int MAX_MEMBERS =
            ForeignAttributes.OF_EVENTS.size() + ForeignAttributes.CORE.size() + ForeignAttributes.MAX_EXTENSIONS;

    /**
     * Reads one object.
     *
     * @throws InvalidCloudEventException if the text is something else
     */
    static JsonFields read(String text) {
        return parse("", text, parser -> {
            parser.nextToken();
            return object("", text, "must be a JSON object", MAX_MEMBERS, parser);
        });
    }

    /**
     * Reads the object in an attribute.
     *
     * @param attribute the attribute that has the text as its value
     * @param rule what the attribute must be, as the rest of a sentence
     */
    static JsonFields read(String attribute, String text, String rule) {
        return parse(attribute, text, parser -> {
            parser.nextToken();
            return object(attribute, text, rule, Integer.MAX_VALUE, parser);
        });
    }

    /**
     * Reads an array of objects, one after the other.
     *
     * @param each takes each object before the next one is read
     * @throws InvalidCloudEventException if the text is something else, or {@code each} refuses an object; the attribute then begins
     *     with the object's index
     */
    static void batch(String text, Consumer<JsonFields> each) {
        parse("", text, parser -> {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new InvalidCloudEventException("", "must be a JSON array");
            }
            int index = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                try {
                    each.accept(object("", text, "must be a JSON object", MAX_MEMBERS, parser));
                } catch (InvalidCloudEventException e) {
                    throw e.inEvent(index);
                }
                index++;
            }
            return index;
        });
    }

    private static JsonFields object(String attribute, String text, String rule, int most, JsonParser parser)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InvalidCloudEventException(attribute, rule);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (texts.put(name, JsonText.nextValue(parser, text)) != null) {
                throw new InvalidCloudEventException(attribute, "has '%s' twice".formatted(Names.abridged(name)));
            }
            if (texts.size() > most) {
                throw new InvalidCloudEventException(attribute, ForeignAttributes.TOO_MANY);
            }
        }
        return new JsonFields(texts);
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

    /**
     * The string in a field.
     *
     * @throws InvalidCloudEventException if the field is missing or not a string
     */
    String string(String name) {
        return string(name, name);
    }

    /** @param attribute the name of the field in messages */
    String string(String name, String attribute) {
        String json = texts.get(name);
        if (json == null || json.equals("null")) {
            throw new InvalidCloudEventException(attribute, "is missing");
        }
        if (json.charAt(0) != '"') {
            throw new InvalidCloudEventException(attribute, "must be a string");
        }
        return parse(attribute, json, parser -> {
            parser.nextToken();
            return parser.getText();
        });
    }
}
