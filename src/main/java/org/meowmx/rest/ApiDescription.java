package org.meowmx.rest;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.mount.Mounted;

/** Completes the OpenAPI document: adds the errors that every operation can return, and parts that annotations cannot express. */
public class ApiDescription implements OASFilter {

    private static final String PARKED = ParkedResource.PATH + "/" + ParkedResource.STREAM;

    private static final Map<String, String> EVERYWHERE = Map.of(
            "400", "The path, a parameter or a header breaks a rule",
            "401", "Not authenticated",
            "403", "The caller lacks the required role, or the request may be forged by another site (CSRF)",
            "406", "Not available in the requested media type",
            "503", "Temporarily unavailable; try again");

    private static final Map<String, String> WITH_A_BODY =
            Map.of("413", "The body is too large", "415", "The content type is not supported");

    /** For each address with the stream in the query, the address of the same operations with the stream in the path. */
    private static final Map<String, String> PATH_BY_QUERY = Map.of(
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
        document.setPaths(published(document.getPaths()));
        ApiSchemas.addTo(document.getComponents());
        appends(document).forEach(append -> append.setRequestBody(ApiSchemas.append()));
        PATH_BY_QUERY.forEach((inQuery, inPath) -> describeAlike(document, inQuery, inPath));
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(ApiDescription::complete);
        ApiHeaders.addTo(document);
    }

    /** The paths as clients see them: below the path of the API in the server WAR, and without the root of the resources. */
    private static Paths published(Paths paths) {
        Paths published = OASFactory.createPaths();
        paths.getPathItems()
                .forEach((path, item) -> published.addPathItem(
                        path(path.substring(path.indexOf(Mounted.ROOT) + Mounted.ROOT.length())), item));
        return published;
    }

    private static Stream<Operation> appends(OpenAPI document) {
        return Stream.of(StreamResource.PATH, StreamByQueryResource.PATH)
                .map(resource -> document.getPaths().getPathItem(path(resource)).getPOST());
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
        Schema reference = OASFactory.createSchema().ref(ApiSchemas.PROBLEM);
        return OASFactory.createContent()
                .addMediaType(
                        Objects.toString(Problem.MEDIA_TYPE),
                        OASFactory.createMediaType().schema(reference));
    }
}
