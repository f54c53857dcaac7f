package org.meowmx.serialization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts JSON objects into maps and back, for upcasters. Numbers keep all their digits. */
final class Fields {

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonRules.parsers())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final TypeReference<Map<String, @Nullable Object>> FIELDS = new TypeReference<>() {};

    private Fields() {}

    /**
     * The members of a JSON object.
     *
     * @throws IllegalArgumentException when the text is not a JSON object
     */
    static Map<String, @Nullable Object> read(String json) {
        Map<String, @Nullable Object> fields;
        try {
            fields = MAPPER.readValue(json, FIELDS);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON object");
        }
        if (fields == null) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return fields;
    }

    /**
     * The JSON object of some fields.
     *
     * @throws IllegalArgumentException when a value cannot be written
     */
    static String write(Map<String, @Nullable Object> fields) {
        try {
            return MAPPER.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a field that cannot be written as JSON");
        }
    }
}
