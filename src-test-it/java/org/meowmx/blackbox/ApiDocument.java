package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.Http;

/**
 * The content of a server's OpenAPI document.
 *
 * @param operations all operations
 * @param problems the types that a problem can have
 */
record ApiDocument(List<Operation> operations, Set<String> problems) {

    /** A parameter; in path, query or header. */
    record Parameter(String name, String in) {}

    /**
     * An operation.
     *
     * @param bodyTypes the content types that its body may have; empty for no body
     * @param answers the status codes that are documented
     */
    record Operation(
            String method, String path, List<Parameter> parameters, List<String> bodyTypes, Set<Integer> answers) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static ApiDocument of(ApplicationServer server) {
        HttpResponse<String> document = Http.get(server.uri("/openapi?format=JSON"));
        assertThat(document.statusCode()).isEqualTo(200);
        JsonNode json = parsed(document.body());
        Set<String> problems = new HashSet<>();
        json.at("/components/schemas/Problem/properties/type/enum").forEach(type -> problems.add(type.asText()));
        return new ApiDocument(operations(json.get("paths")), problems);
    }

    private static JsonNode parsed(String text) {
        try {
            return Api.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Operation> operations(JsonNode paths) {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                operations.add(operation(operation.getKey(), path.getKey(), operation.getValue()));
            }
        }
        return operations;
    }

    private static Operation operation(String method, String path, JsonNode json) {
        List<Parameter> parameters = new ArrayList<>();
        json.path("parameters")
                .forEach(parameter -> parameters.add(new Parameter(
                        parameter.get("name").asText(), parameter.get("in").asText())));
        Set<Integer> answers = new HashSet<>();
        json.get("responses").fieldNames().forEachRemaining(status -> answers.add(Integer.valueOf(status)));
        List<String> bodies = new ArrayList<>();
        json.at("/requestBody/content").fieldNames().forEachRemaining(bodies::add);
        return new Operation(method.toUpperCase(Locale.ROOT), path, parameters, bodies, answers);
    }
}
