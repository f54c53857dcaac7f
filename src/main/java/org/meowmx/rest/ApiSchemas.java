package org.meowmx.rest;

import static java.util.stream.Collectors.toList;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.meowmx.rest.message.ProblemType;

/** The schemas of the OpenAPI document that are not records: problems, and the JSON that clients send. */
final class ApiSchemas {

    static final String PROBLEM = "Problem";

    private static final String NEW_EVENT = "NewEvent";
    private static final String CLOUD_EVENT = "CloudEvent";
    private static final String CLOUD_EVENTS = "CloudEvents";

    /** The fields that only some types of problems have. */
    private static final Map<String, String> FACTS = Map.ofEntries(
            Map.entry("field", "A JSON Pointer to the field that breaks a rule; empty for the whole body or line"),
            Map.entry("parameter", "The query parameter, the header or the part of the path that breaks a rule"),
            Map.entry("limit", "The limit that was exceeded"),
            Map.entry("line", "The line of a syntax error, or of an event that an import refused; from 1"),
            Map.entry("column", "The column of a syntax error, from 1"),
            Map.entry("fromLine", "For an import of lines: this line and the following ones are not stored"),
            Map.entry("stored", "For an import of lines: the number of events that it has stored"),
            Map.entry("known", "For an import of lines: the number of events that the log had already"),
            Map.entry("expected", "The expected version as text"),
            Map.entry("actual", "The version of the stream"),
            Map.entry("category", "The category of the stream"),
            Map.entry("streamId", "The id of the stream"),
            Map.entry("eventId", "The id that is already used"),
            Map.entry("log", "The id of the log"),
            Map.entry("instance", "The id under which the server's log has the stack trace"));

    private static final Set<String> NUMBERS =
            Set.of("limit", "line", "column", "fromLine", "stored", "known", "actual");

    private ApiSchemas() {}

    /** Adds the schemas to those of the records. A record has all its fields, and the data of an event may be any JSON. */
    static void addTo(Components components) {
        components.getSchemas().values().forEach(ApiSchemas::complete);
        components
                .addSchema(PROBLEM, problem())
                .addSchema(NEW_EVENT, newEvent())
                .addSchema(CLOUD_EVENT, cloudEvent())
                .addSchema(CLOUD_EVENTS, schema(SchemaType.ARRAY).items(reference(CLOUD_EVENT)));
    }

    /** The body of an append. */
    static RequestBody append() {
        Schema body = OASFactory.createSchema()
                .addAnyOf(reference(NEW_EVENT))
                .addAnyOf(schema(SchemaType.ARRAY).items(reference(NEW_EVENT)));
        return OASFactory.createRequestBody()
                .required(true)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/json", OASFactory.createMediaType().schema(body)));
    }

    private static void complete(Schema record) {
        Map<String, Schema> properties = Objects.requireNonNullElse(record.getProperties(), Map.of());
        record.setRequired(List.copyOf(properties.keySet()));
        if (properties.containsKey("data")) {
            record.addProperty("data", anyJson());
        }
    }

    private static Schema problem() {
        Schema problem = schema(SchemaType.OBJECT)
                .description("Problem details (RFC 9457). The type decides which of the optional fields a problem has")
                .addProperty(
                        "type",
                        schema(SchemaType.STRING)
                                .enumeration(Arrays.stream(ProblemType.values())
                                        .map(ProblemType::uri)
                                        .collect(toList())))
                .addProperty("title", schema(SchemaType.STRING))
                .addProperty("status", schema(SchemaType.INTEGER))
                .addProperty(
                        "detail",
                        schema(SchemaType.STRING).description("A sentence about what is wrong with this request"))
                .required(List.of("type", "title", "status", "detail"));
        FACTS.forEach((name, description) -> problem.addProperty(
                name,
                schema(NUMBERS.contains(name) ? SchemaType.INTEGER : SchemaType.STRING)
                        .description(description)));
        return problem;
    }

    private static Schema newEvent() {
        return schema(SchemaType.OBJECT)
                .description("An event to be appended")
                .addProperty("type", schema(SchemaType.STRING).minLength(1).maxLength(255))
                .addProperty("data", anyJson())
                .addProperty("id", schema(SchemaType.STRING).format("uuid"))
                .addProperty(
                        "metadata", schema(SchemaType.OBJECT).additionalPropertiesSchema(schema(SchemaType.STRING)))
                .required(List.of("type", "data"));
    }

    private static Schema cloudEvent() {
        Schema event = schema(SchemaType.OBJECT)
                .description("A CloudEvent 1.0 in JSON. Extension attributes are strings, integers or Booleans");
        List<String> required = List.of("specversion", "id", "source", "type");
        required.forEach(name -> event.addProperty(name, schema(SchemaType.STRING)));
        List.of("category", "subject", "time", "datacontenttype", "dataschema", "version", "position", "data_base64")
                .forEach(name -> event.addProperty(name, schema(SchemaType.STRING)));
        Schema extension = schema(SchemaType.STRING).addType(SchemaType.INTEGER).addType(SchemaType.BOOLEAN);
        return event.additionalPropertiesSchema(extension)
                .addProperty(
                        "metadata", OASFactory.createSchema().description("An object, or a string that contains one"))
                .addProperty("data", anyJson())
                .required(required);
    }

    private static Schema anyJson() {
        return OASFactory.createSchema().description("Any JSON");
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref(name);
    }

    private static Schema schema(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
