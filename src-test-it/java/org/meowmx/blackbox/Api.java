package org.meowmx.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.meowmx.server.ApplicationServer;

/** A client of the REST API: one of the demo's users, whose password is the name. */
final class Api {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ApplicationServer server;
    private final String user;

    private Api(ApplicationServer server, String user) {
        this.server = server;
        this.user = user;
    }

    static Api as(ApplicationServer server, String user) {
        return new Api(server, user);
    }

    /**
     * An answer.
     *
     * @param status the status code
     * @param response the whole response
     */
    record Answer(int status, HttpResponse<String> response) {

        String body() {
            return response.body();
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(response.body(), e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The address that a header names, which may be relative to that of the request. */
        URI location(String header) {
            return resolved(header(header));
        }

        URI resolved(String reference) {
            return response.uri().resolve(reference);
        }

        /** The name of the problem; empty if the answer is not a problem. */
        String problem() {
            return header("Content-Type").startsWith("application/problem+json")
                    ? json().path("type").asText().replace("urn:meowmx:problem:", "")
                    : "";
        }
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    HttpRequest.Builder request(String path) {
        URI uri = path.startsWith("http")
                ? URI.create(path)
                : server.uri(path.startsWith("/api/") ? path : "/api" + path);
        String credentials = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Basic " + credentials);
    }

    Answer get(String path, String... headers) {
        return send(request(path), "GET", BodyPublishers.noBody(), headers);
    }

    /** Sends JSON. */
    Answer post(String path, String json, String... headers) {
        return send(
                request(path).header("Content-Type", "application/json"),
                "POST",
                BodyPublishers.ofString(json),
                headers);
    }

    /** Sends JSON without waiting; the result is the status of the answer. */
    CompletableFuture<Integer> later(String path, String json) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    /** Sends an empty body, like a simple script. */
    Answer post(String path) {
        return send(request(path).header("X-Requested-With", "test"), "POST", BodyPublishers.noBody());
    }

    Answer delete(String path) {
        return send(request(path).header("X-Requested-With", "test"), "DELETE", BodyPublishers.noBody());
    }

    static Answer send(HttpRequest.Builder request, String method, BodyPublisher body, String... headers) {
        return answer(request.method(method, body), BodyHandlers.ofString(), headers);
    }

    /** The answer to a request whose method is set. The handler may skip an endless body. */
    static Answer answer(HttpRequest.Builder request, BodyHandler<String> handler, String... headers) {
        HttpResponse<String> response = send(request, handler, headers);
        return new Answer(response.statusCode(), response);
    }

    /** An endless answer. */
    HttpResponse<InputStream> open(String path, String... headers) {
        return send(request(path).GET(), BodyHandlers.ofInputStream(), headers);
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return CLIENT.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
