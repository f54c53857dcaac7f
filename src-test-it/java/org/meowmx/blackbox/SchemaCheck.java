package org.meowmx.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Compares JSON with a schema of an OpenAPI document, as far as the document uses JSON Schema. Fields that the schema does not name
 * are wrong, too.
 */
final class SchemaCheck {

    private final JsonNode document;
    private final List<String> wrong = new ArrayList<>();

    private SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** The differences between a value and its schema; empty if it matches. */
    static List<String> wrong(JsonNode document, JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(document);
        check.compare(schema, value, "");
        return check.wrong;
    }

    private void compare(JsonNode schema, JsonNode value, String where) {
        if (schema.has("$ref")) {
            JsonNode named = document.at(schema.get("$ref").asText().substring(1));
            if (named.isMissingNode()) {
                wrong.add("no schema " + schema.get("$ref"));
            }
            compare(named, value, where);
            return;
        }
        if (schema.has("type") && types(schema).noneMatch(type -> isOfType(type, value))) {
            wrong.add("%s is %s, not %s".formatted(where, value.getNodeType(), schema.get("type")));
            return;
        }
        if (value.isTextual() && !isOfFormat(schema.path("format").asText(), value.asText())) {
            wrong.add("%s is no %s".formatted(where, schema.get("format")));
        }
        for (JsonNode item : value.isArray() && schema.has("items") ? value : List.<JsonNode>of()) {
            compare(schema.get("items"), item, where + "/*");
        }
        if (value.isObject() && schema.has("properties")) {
            compareFields(schema, value, where);
        } else if (value.isObject() && schema.path("additionalProperties").isObject()) {
            value.forEach(entry -> compare(schema.get("additionalProperties"), entry, where + "/*"));
        }
    }

    private void compareFields(JsonNode schema, JsonNode value, String where) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = schema.get("properties").has(field.getKey())
                    ? schema.get("properties").get(field.getKey())
                    : schema.path("additionalProperties");
            if (!known.isObject()) {
                wrong.add("%s has the unknown field %s".formatted(where, field.getKey()));
            } else {
                compare(known, field.getValue(), where + "/" + field.getKey());
            }
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                wrong.add("%s lacks %s".formatted(where, name.asText()));
            }
        });
    }

    private static Stream<String> types(JsonNode schema) {
        JsonNode type = schema.get("type");
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText)
                : Stream.of(type.asText());
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean isOfFormat(String format, String text) {
        try {
            return switch (format) {
                case "uuid" -> UUID.fromString(text).toString().equals(text);
                case "date-time" -> Instant.parse(text) != null;
                default -> true;
            };
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return false;
        }
    }
}
