package org.meowmx.rest.message;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answer to a request that failed: problem details of RFC 9457.
 *
 * @param type the kind of problem
 * @param detail a sentence about this occurrence, without any data of events
 * @param facts further fields: strings, numbers and booleans
 */
public record Problem(ProblemType type, String detail, Map<String, Object> facts) {

    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Map.of());
    }

    /** This problem with one more field. */
    public Problem with(String name, Object fact) {
        Map<String, Object> more = new TreeMap<>(facts);
        more.put(name, fact);
        return new Problem(type, detail, more);
    }

    public Response asResponse() {
        return Response.status(type.status())
                .type(MEDIA_TYPE)
                .header("Retry-After", type == ProblemType.UNAVAILABLE ? 1 : null)
                .header(HttpHeaders.ACCEPT_ENCODING, type == ProblemType.UNSUPPORTED_MEDIA_TYPE ? "gzip" : null)
                .entity(json())
                .build();
    }

    /** The body of the answer. */
    public byte[] json() {
        return Json.object(json -> {
            json.writeStringField("type", type.uri());
            json.writeStringField("title", type.title());
            json.writeNumberField("status", type.status());
            json.writeStringField("detail", detail);
            for (Map.Entry<String, Object> fact : facts.entrySet()) {
                json.writeObjectField(fact.getKey(), fact.getValue());
            }
        });
    }
}
