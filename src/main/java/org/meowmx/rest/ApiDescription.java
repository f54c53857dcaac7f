package org.meowmx.rest;

import static java.util.stream.Collectors.toList;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;

/** Completes the OpenAPI document: adds the errors that every operation can answer with, and the schema of problems. */
public class ApiDescription implements OASFilter {

    private static final String PROBLEM = "Problem";

    private static final String CLOUD_EVENT = "CloudEvent";
    private static final String PARKED = ParkedResource.PATH + "/" + ParkedResource.STREAM;

    private static final Map<String, String> EVERYWHERE = Map.of(
            "400", "The path, a parameter or a header breaks a rule",
            "401", "Not authenticated",
            "403", "The caller lacks the required role, or the request may be forged by another site (CSRF)",
            "406", "Not available in the requested media type",
            "503", "Temporarily unavailable; try again");

    private static final Map<String, String> WITH_A_BODY =
            Map.of("413", "The body is too large", "415", "The content type is not supported");

    /** The operations with the stream in the query, and those with the same answers that have it in the path. */
    private static final Map<String, String> SAME = Map.of(
            path(StreamByQueryResource.PATH), path(StreamResource.PATH),
            path(ParkedByQueryResource.PATH), path(PARKED),
            path(ParkedByQueryResource.PATH + "/retry"), path(PARKED + "/retry"),
            path(ParkedByQueryResource.PATH + "/skip"), path(PARKED + "/skip"),
            path(ParkedByQueryResource.PATH + "/discard"), path(PARKED + "/discard"));

    private static String path(String resource) {
        return "/api/" + resource;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().getSchemas().values().forEach(ApiDescription::completeAnswer);
        document.getComponents().addSchema(PROBLEM, problem());
        document.getComponents().addSchema(CLOUD_EVENT, cloudEvent());
        document.getComponents()
                .addSchema(
                        "CloudEvents",
                        schema(SchemaType.ARRAY).items(OASFactory.createSchema().ref(CLOUD_EVENT)));
        SAME.forEach((inQuery, inPath) -> describeAlike(document, inQuery, inPath));
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(ApiDescription::complete);
    }

    private static void describeAlike(OpenAPI document, String inQuery, String inPath) {
        Map<PathItem.HttpMethod, Operation> described =
                document.getPaths().getPathItem(inPath).getOperations();
        document.getPaths().getPathItem(inQuery).getOperations().forEach((method, operation) -> {
            Operation same = Objects.requireNonNull(described.get(method), "no operation with the stream in the path");
            operation.setSummary(same.getSummary() + "; the query names the stream");
            operation.setDescription(same.getDescription());
            operation.setResponses(same.getResponses());
        });
    }

    private static void complete(Operation operation) {
        APIResponses answers = operation.getResponses();
        addMissing(answers, EVERYWHERE);
        if (operation.getRequestBody() != null) {
            addMissing(answers, WITH_A_BODY);
        }
        answers.getAPIResponses().forEach((status, answer) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                answer.setContent(problemContent());
            }
        });
    }

    private static void addMissing(APIResponses answers, Map<String, String> more) {
        more.forEach((status, description) -> {
            if (!answers.hasAPIResponse(status)) {
                APIResponse answer = OASFactory.createAPIResponse().description(description);
                answers.addAPIResponse(status, answer);
            }
        });
    }

    private static Content problemContent() {
        Schema reference = OASFactory.createSchema().ref(PROBLEM);
        return OASFactory.createContent()
                .addMediaType(
                        Objects.toString(Problem.MEDIA_TYPE),
                        OASFactory.createMediaType().schema(reference));
    }

    private static Schema problem() {
        return schema(SchemaType.OBJECT)
                .description("Problem details (RFC 9457). Some types have further fields")
                .addProperty(
                        "type",
                        schema(SchemaType.STRING)
                                .enumeration(Arrays.stream(ProblemType.values())
                                        .map(ProblemType::uri)
                                        .collect(toList())))
                .addProperty("title", schema(SchemaType.STRING))
                .addProperty("status", schema(SchemaType.INTEGER))
                .addProperty(
                        "detail", schema(SchemaType.STRING).description("What is wrong with this request, for people"));
    }

    /** An answer has all its fields. The data of an event may be any JSON. */
    private static void completeAnswer(Schema answer) {
        Map<String, Schema> properties = Objects.requireNonNullElse(answer.getProperties(), Map.of());
        answer.setRequired(List.copyOf(properties.keySet()));
        if (properties.containsKey("data")) {
            answer.addProperty("data", OASFactory.createSchema().description("Any JSON"));
        }
    }

    private static Schema cloudEvent() {
        Schema event = schema(SchemaType.OBJECT)
                .description("A CloudEvent 1.0 in JSON. Extension attributes are strings, integers or Booleans");
        List<String> required = List.of("specversion", "id", "source", "type");
        required.forEach(name -> event.addProperty(name, schema(SchemaType.STRING)));
        List.of("category", "subject", "time", "datacontenttype", "dataschema", "version", "position", "data_base64")
                .forEach(name -> event.addProperty(name, schema(SchemaType.STRING)));
        return event.addProperty("metadata", OASFactory.createSchema().description("An object, or one in a string"))
                .addProperty("data", OASFactory.createSchema().description("Any JSON"))
                .required(required);
    }

    private static Schema schema(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
