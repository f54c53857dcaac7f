package org.meowmx.serialization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;

/** Compares JSON texts by value: the order of keys, white space and the notation of numbers are ignored. */
public final class JsonComparison {

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonRules.parsers())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Compares leaves; {@link JsonNode#equals(Comparator, JsonNode)} walks through the containers. */
    private static final Comparator<JsonNode> LEAVES = (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    };

    private JsonComparison() {}

    /**
     * Whether two texts denote the same JSON value.
     *
     * @throws IllegalArgumentException when one of the texts is not JSON
     */
    public static boolean same(String one, String other) {
        try {
            return one.equals(other) || MAPPER.readTree(one).equals(LEAVES, MAPPER.readTree(other));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON");
        }
    }
}
