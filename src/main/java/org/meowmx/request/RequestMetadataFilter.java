package org.meowmx.request;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.meowmx.IdempotencyKey;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.PrincipalMode;
import org.meowmx.configuration.Settings;

/**
 * A filter for Jakarta REST that puts the context of a request into the metadata of all events that the request appends. Extend
 * it by an empty class with {@code @Provider}, or return it from {@code Application.getClasses()}.
 *
 * <table>
 * <caption>What it reads</caption>
 * <tr><th>from</th><th>becomes</th></tr>
 * <tr><td>{@value #CORRELATION_ID}: 1 to 255 printable ASCII characters; otherwise, or if absent, a random UUID</td>
 *     <td>{@code correlationId}, and the same header of the answer</td></tr>
 * <tr><td>{@code traceparent} and {@code tracestate} (W3C Trace Context), if valid</td>
 *     <td>metadata of the same names. The current OpenTelemetry span replaces {@code traceparent} if it is in the same
 *     trace</td></tr>
 * <tr><td>{@value #IDEMPOTENCY_KEY}: 1 to 255 characters, with or without quotation marks</td>
 *     <td>the ids of the events that have none: UUIDs of version 5 of the header, the stream, and the number of events that the request
 *     has appended to it before</td></tr>
 * <tr><td>the caller's principal, unless {@code meowmx.metadata.principal} is {@code never}</td>
 *     <td>{@link Metadata#PRINCIPAL}</td></tr>
 * </table>
 */
public class RequestMetadataFilter implements ContainerRequestFilter, ContainerResponseFilter {

    /** The header of the correlation id, in the request and in the answer. */
    public static final String CORRELATION_ID = "X-Correlation-Id";

    /** The header that recognises a repeated request. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final String TRACE_PARENT = "traceparent";
    private static final String TRACE_STATE = "tracestate";

    /** The property of the request under which the answer finds its correlation id. */
    private static final String PROPERTY = RequestMetadataFilter.class.getName();

    private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1," + Metadata.MAX_CORRELATION_ID + "}");

    /** Version ff, and ids of zeros, are invalid. Later versions may append fields. */
    private static final Pattern TRACE = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]{1,200})?");

    /** W3C Trace Context requires every participant to pass on 512 characters at least. */
    private static final int LONGEST_TRACE_STATE = 512;

    /** A key and a value; a member of the list may be empty. */
    private static final String TRACE_STATE_MEMBER =
            "[ \\t]*([a-z0-9][a-z0-9_*/@-]{0,255}=[ -+\\--<>-~]{0,255}[!-+\\--<>-~])?[ \\t]*";

    private static final Pattern TRACE_STATES = Pattern.compile(TRACE_STATE_MEMBER + "(," + TRACE_STATE_MEMBER + ")*");

    @Override
    public void filter(ContainerRequestContext request) {
        String correlation = correlationId(request);
        request.setProperty(PROPERTY, correlation);
        Metadata metadata = trace(request).with(Metadata.CORRELATION_ID, correlation);
        String principal = principal(request);
        CDI.current()
                .select(Requests.class)
                .get()
                .begin(
                        principal == null ? metadata : metadata.with(Metadata.PRINCIPAL, principal),
                        idempotencyKey(request));
    }

    /** Also answers a request that was refused before this filter. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        Object known = request.getProperty(PROPERTY);
        answer.getHeaders().putSingle(CORRELATION_ID, known == null ? correlationId(request) : known);
    }

    private static String correlationId(ContainerRequestContext request) {
        return valid(request.getHeaderString(CORRELATION_ID), PRINTABLE)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static Metadata trace(ContainerRequestContext request) {
        Optional<String> parent = valid(request.getHeaderString(TRACE_PARENT), TRACE);
        if (parent.isEmpty()) {
            return Metadata.none();
        }
        Metadata trace = Metadata.of(TRACE_PARENT, parent.get());
        String state = request.getHeaderString(TRACE_STATE);
        return state == null
                        || state.isBlank()
                        || state.length() > LONGEST_TRACE_STATE
                        || !TRACE_STATES.matcher(state).matches()
                ? trace
                : trace.with(TRACE_STATE, state.strip());
    }

    private static Optional<String> valid(@Nullable String header, Pattern form) {
        return Optional.ofNullable(header).map(String::strip).filter(text -> form.matcher(text)
                .matches());
    }

    private static @Nullable String principal(ContainerRequestContext request) {
        Settings settings = CDI.current().select(Settings.class).get();
        Principal caller = request.getSecurityContext() == null
                ? null
                : request.getSecurityContext().getUserPrincipal();
        return caller == null || settings.get(Keys.METADATA_PRINCIPAL) == PrincipalMode.NEVER ? null : caller.getName();
    }

    private @Nullable IdempotencyKey idempotencyKey(ContainerRequestContext request) {
        String header = request.getHeaderString(IDEMPOTENCY_KEY);
        if (header == null) {
            return null;
        }
        String text = header.strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        try {
            return IdempotencyKey.of(quoted ? text.substring(1, text.length() - 1) : text);
        } catch (InvalidEventException e) {
            throw refusal("The header %s %s".formatted(IDEMPOTENCY_KEY, e.rule()));
        }
    }

    /**
     * The exception that refuses a request with an invalid header: status 400, with the sentence as plain text. Override it to
     * answer in the application's own form.
     */
    protected RuntimeException refusal(String sentence) {
        return new BadRequestException(Response.status(Response.Status.BAD_REQUEST)
                .type("text/plain")
                .entity(sentence)
                .build());
    }
}
