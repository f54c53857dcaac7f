package org.meowmx.rest.transfer;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.cloudevents.CloudEventFormat;
import org.meowmx.rest.message.Cursor;
import org.meowmx.rest.message.Links;
import org.meowmx.rest.message.MediaTypes;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Queries;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.RootCause;

/** Exports the log as CloudEvents: all of it as lines of JSON, or page by page as batches. */
@Mounted
@Path(Mounted.ROOT + "events/export")
@ApplicationScoped
@Tag(name = "log")
public class ExportResource {

    private static final Logger LOG = System.getLogger(ExportResource.class.getName());

    /** The number of events of a batch, if the request names none. */
    private static final int PAGE = 100;

    private static final List<String> OFFERED =
            List.of(MediaTypes.LINES, MediaTypes.NDJSON, MediaTypes.JSONL, MediaTypes.BATCH);

    /** The last line of an export that failed. It is not JSON, so an import of the file fails as well. */
    private static final String FAILED = "the export failed here: repeat it after the last complete line";

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    /** READ COMMITTED, whatever the data source's default is. */
    @Inject
    ClaimTransaction transaction;

    @GET
    @Produces({MediaTypes.LINES, MediaTypes.NDJSON, MediaTypes.JSONL, MediaTypes.BATCH})
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary = "Export the log up to its high-water mark as CloudEvents 1.0: one per line, or pages of a batch",
            description =
                    "The extension attributes version, position and metadata are strings. An import into an empty log gives the "
                            + "same streams, versions, ids, times, attributes and order. If Accept is application/cloudevents-batch+json, "
                            + "the answer is one page as a JSON array, and the header Link has the next page.")
    @APIResponse(
            responseCode = "200",
            description = "The events in order of position",
            content = {
                @Content(mediaType = MediaTypes.LINES, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaTypes.NDJSON, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaTypes.JSONL, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaTypes.BATCH, schema = @Schema(ref = "CloudEvents"))
            })
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule")
    @APIResponse(
            responseCode = "409",
            description =
                    "The cursor belongs to another log, or this log no longer has its event, or has not reached its position")
    public Response export(
            @QueryParam("after")
                    @DefaultValue("0")
                    @Parameter(description = "A position, or a cursor LOG:POSITION:FINGERPRINT")
                    String after,
            @QueryParam("category") @Nullable String category,
            @QueryParam("type") @Parameter(description = "Any of these types; repeatable") List<String> types,
            @QueryParam("limit") @Parameter(description = "Only for a batch: 1 to 1000, by default 100") @Nullable
                    String limit,
            @Context HttpHeaders headers,
            @Context Request request,
            @Context UriInfo uri) {
        Cursor start = Cursor.parse("after", after);
        LogQuery query = Queries.of(category, types).after(start.position());
        String type = MediaTypes.accepted(headers, OFFERED);
        int most = limit(limit, type);
        Cursor cursor = start.checked(catalog, this::lastPosition);
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            return Response.ok()
                    .type(type)
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .build();
        }
        if (type.equals(MediaTypes.BATCH)) {
            return batch(page(query, cursor, most), cursor, uri);
        }
        StreamingOutput lines = out -> write(query, cursor, out);
        return Response.ok(lines)
                .type(type)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    private static int limit(@Nullable String limit, String type) {
        if (limit == null) {
            return PAGE;
        }
        if (!type.equals(MediaTypes.BATCH)) {
            throw Parameters.invalid(
                    "limit", "is only for pages: send it with Accept: %s, or omit it".formatted(MediaTypes.BATCH));
        }
        return Parameters.limit(limit);
    }

    private long lastPosition() {
        return events.status().lastPosition();
    }

    private static Response batch(LogPage page, Cursor start, UriInfo uri) {
        UUID log = Objects.requireNonNull(start.log());
        List<RecordedEvent> found = page.events();
        byte[] batch = CloudEventFormat.writeBatch(found, log).getBytes(StandardCharsets.UTF_8);
        Response.ResponseBuilder answer =
                Response.ok(batch).type(MediaTypes.BATCH).header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (page.next() != null && !found.isEmpty()) {
            answer.header("Link", Links.next(uri, "after", Cursor.of(log, found.get(found.size() - 1))));
        }
        return answer.build();
    }

    private void write(LogQuery query, Cursor start, OutputStream body) throws IOException {
        OutputStream out = new BufferedOutputStream(body);
        UUID log = Objects.requireNonNull(start.log());
        Cursor last = start;
        try {
            LogQuery rest = query;
            while (rest != null) {
                LogPage page = page(rest, last, EventStore.SCAN_PAGE);
                for (RecordedEvent event : page.events()) {
                    writeLine(CloudEventFormat.write(event, log), out);
                    last = Cursor.of(log, event);
                }
                rest = page.next();
            }
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "An export failed after position %d: %s. Its last line says so; the client can continue with after=%s"
                            .formatted(last.position(), RootCause.line(e), last),
                    e);
            writeLine(FAILED, out);
            out.flush();
            throw e;
        }
        out.flush();
    }

    /**
     * The next page, in the transaction that checks that the log did not go back since the page before.
     *
     * @throws org.meowmx.rest.message.ProblemException if it did
     */
    private LogPage page(LogQuery query, Cursor last, int limit) {
        return transaction.run(() -> {
            last.checked(catalog, this::lastPosition);
            return events.readPage(query, limit);
        });
    }

    private static void writeLine(String line, OutputStream out) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
