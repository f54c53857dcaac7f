package org.meowmx.rest;

import static org.eclipse.microprofile.openapi.models.PathItem.HttpMethod.GET;
import static org.eclipse.microprofile.openapi.models.PathItem.HttpMethod.POST;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.meowmx.request.RequestMetadataFilter;

/** The headers in the OpenAPI document that filters or resources handle without a method parameter. */
final class ApiHeaders {

    private static final String API = "/api/";
    private static final String EVENTS = API + "events";

    private static final List<String> STREAMS = List.of(API + StreamResource.PATH, API + StreamByQueryResource.PATH);

    private static final List<String> PAGES = List.of(
            API + StreamResource.PATH,
            API + StreamByQueryResource.PATH,
            API + "streams",
            API + "categories",
            EVENTS,
            EVENTS + "/export",
            API + ParkedResource.PATH);

    private static final Map<String, String> OF_APPENDS = Map.of(
            RequestMetadataFilter.IDEMPOTENCY_KEY,
            "1 to 255 characters. The ids of events without one are derived from it, so a repeated request stores nothing twice");

    private static final Map<String, String> OF_TRACES = inOrder(
            "traceparent", "W3C Trace Context. Kept in the metadata; an invalid value is ignored",
            "tracestate", "W3C Trace Context. Kept in the metadata; ignored without a valid traceparent");

    private static final Map<String, String> OF_BINARY_MODE = inOrder(
            "ce-specversion",
                    "1.0. Marks a CloudEvent in binary content mode. Its other attributes are headers as well",
            "ce-id", "Required in binary content mode",
            "ce-source", "Required in binary content mode: a URI reference",
            "ce-type", "Required in binary content mode: the event type",
            "ce-category", "The category of the stream. Required in binary content mode without the parameter category",
            "ce-subject", "The id of the stream. Required in binary content mode without the parameter subject",
            "ce-time", "A time of RFC 3339. Every other attribute has a header of this form, too");

    private static final String CORRELATION =
            "1 to 255 printable ASCII characters without spaces; otherwise the server generates one. Kept in the metadata of appended events";

    private ApiHeaders() {}

    private static Map<String, String> inOrder(String... namesAndDescriptions) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndDescriptions.length; i += 2) {
            map.put(namesAndDescriptions[i], namesAndDescriptions[i + 1]);
        }
        return map;
    }

    static void addTo(OpenAPI document) {
        Map<String, PathItem> paths = document.getPaths().getPathItems();
        paths.values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(ApiHeaders::addCorrelation);
        STREAMS.forEach(path -> {
            Operation append = operation(paths, path, POST);
            addParameters(append, OF_APPENDS);
            addParameters(append, OF_TRACES);
            addToSuccess(append, "Location", "The address of the stream, relative to that of the request");
            addToSuccess(append, "ETag", "The new version of the stream, such as \"3\"");
            addToSuccess(
                    operation(paths, path, GET),
                    "ETag",
                    "The version at the upper end of the range, such as \"3\"; weak if the answer is compressed");
        });
        addParameters(operation(paths, EVENTS, POST), OF_BINARY_MODE);
        addParameters(operation(paths, EVENTS, POST), OF_TRACES);
        PAGES.forEach(path -> addToSuccess(
                operation(paths, path, GET),
                "Link",
                "If there is a next page: its address with rel=\"next\", relative to that of the request"));
    }

    private static Operation operation(Map<String, PathItem> paths, String path, PathItem.HttpMethod method) {
        PathItem item = Objects.requireNonNull(paths.get(path), path);
        return Objects.requireNonNull(item.getOperations().get(method), path);
    }

    private static void addCorrelation(Operation operation) {
        addParameters(operation, Map.of(RequestMetadataFilter.CORRELATION_ID, CORRELATION));
        operation
                .getResponses()
                .getAPIResponses()
                .values()
                .forEach(answer -> addHeader(
                        answer, RequestMetadataFilter.CORRELATION_ID, "The id of the request, or the generated one"));
    }

    private static void addParameters(Operation operation, Map<String, String> headers) {
        headers.forEach((name, description) -> operation.addParameter(OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(text())));
    }

    private static void addToSuccess(Operation operation, String name, String description) {
        operation.getResponses().getAPIResponses().forEach((status, answer) -> {
            if (status.startsWith("2") || (status.equals("304") && name.equals("ETag"))) {
                addHeader(answer, name, description);
            }
        });
    }

    private static void addHeader(APIResponse answer, String name, String description) {
        answer.addHeader(
                name, OASFactory.createHeader().description(description).schema(text()));
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
