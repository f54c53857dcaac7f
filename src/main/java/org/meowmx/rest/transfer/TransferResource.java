package org.meowmx.rest.transfer;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventImport;
import org.meowmx.EventStore;
import org.meowmx.ImportedEvent;
import org.meowmx.LogCatalog;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.cloudevents.CloudEvent;
import org.meowmx.cloudevents.CloudEventFormat;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.Body;
import org.meowmx.rest.message.Cursor;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemMapper;
import org.meowmx.rest.message.Queries;
import org.meowmx.rest.message.Roles;
import org.meowmx.retry.Attempts;
import org.meowmx.retry.Retry;
import org.meowmx.transaction.ClaimTransaction;
import org.meowmx.transaction.RootCause;

/** Imports events from another log and exports the log, as lines of CloudEvents JSON. */
@Path("events")
@ApplicationScoped
@Tag(name = "log")
public class TransferResource {

    private static final Logger LOG = System.getLogger(TransferResource.class.getName());

    private static final String LINES = "application/x-ndjson";
    private static final int MAX_LINES_PER_TRANSACTION = 1_000;
    private static final Attempts ATTEMPTS = Attempts.upTo(5);

    /** The last line of an export that failed. It is not JSON, so that an import of it fails as well. */
    private static final String FAILED = "the export failed here: repeat it after the last complete line";

    @Inject
    EventImport eventImport;

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    /** READ COMMITTED, whatever the data source's default is. */
    @Inject
    ClaimTransaction transaction;

    @Inject
    Retry retry;

    @Inject
    Settings settings;

    /** The progress of an import. */
    private static final class Progress {
        private long fromLine;
        private long lines;
        private long stored;
        private long known;

        ProblemException stoppedBy(RuntimeException cause) {
            return new ProblemException(ProblemMapper.problem(cause)
                    .with("fromLine", fromLine)
                    .with("line", lines)
                    .with("stored", stored)
                    .with("known", known));
        }
    }

    @POST
    @Consumes(LINES)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WRITER)
    @Operation(
            summary = "Import events: one CloudEvent 1.0 in JSON per line",
            description =
                    "subject is the id of the stream, and the extension attribute category its category. id is a UUID. time is "
                            + "kept to the microsecond, in the years 1 to 9999. Events are stored in the order of the lines. Up to "
                            + "1000 lines are stored in one transaction, all or none. An event that the log already has is not "
                            + "stored again, so an interrupted import can be repeated.")
    @APIResponse(responseCode = "200", description = "The numbers of lines, of stored events and of known events")
    @APIResponse(
            responseCode = "400",
            description =
                    "A line is not an event. The problem has the range of lines, and the number of events that are stored")
    @APIResponse(responseCode = "409", description = "The id of a line is already used by another event")
    @APIResponse(responseCode = "413", description = "A line is too long")
    @APIResponse(responseCode = "415", description = "The content type is not application/x-ndjson")
    public Response importEvents(InputStream content, @Context SecurityContext caller) {
        Progress progress = new Progress();
        Lines lines = new Lines(content, settings.get(Keys.MAX_BODY));
        try {
            while (!lines.isOver()) {
                storeNext(lines, progress, caller.isUserInRole(Roles.OPERATOR));
            }
        } catch (IOException e) {
            throw progress.stoppedBy(Body.endedEarly());
        } catch (RuntimeException e) {
            throw progress.stoppedBy(e);
        }
        return Response.ok(Json.object(json -> {
                    json.writeNumberField("lines", progress.lines);
                    json.writeNumberField("stored", progress.stored);
                    json.writeNumberField("known", progress.known);
                }))
                .build();
    }

    private void storeNext(Lines lines, Progress progress, boolean audited) throws IOException {
        Chunk chunk = new Chunk(Math.min(MAX_LINES_PER_TRANSACTION, settings.get(Keys.MAX_EVENTS)));
        progress.fromLine = progress.lines + 1;
        while (!chunk.isFull() && !lines.isOver()) {
            String line = lines.next();
            progress.lines += lines.isOver() && line.isEmpty() ? 0 : 1;
            if (!line.isEmpty()) {
                chunk.add(line, audited);
            }
        }
        if (!chunk.events().isEmpty()) {
            int stored = store(chunk.events());
            progress.stored += stored;
            progress.known += chunk.events().size() - stored;
        }
    }

    /** Stores events, all or none, and again if another writer was faster; returns the number of new events. */
    private int store(List<CloudEvent> chunk) {
        List<ImportedEvent> imported = chunk.stream()
                .map(event -> ImportedEvent.of(event.stream(), event.event()))
                .toList();
        return retry.repeat(ATTEMPTS, Retry::isConflict, () -> eventImport.store(imported))
                .stored();
    }

    @GET
    @Path("export")
    @Produces(LINES)
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary = "Export the log up to its high-water mark: one CloudEvent 1.0 in JSON per line",
            description =
                    "The extension attributes version, position and metadata are strings. An import into an empty log gives the "
                            + "same streams, versions, ids, times and order.")
    @APIResponse(responseCode = "200", description = "The events in order of position")
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
            @QueryParam("type") @Parameter(description = "Any of these types; repeatable") List<String> types) {
        Cursor start = Cursor.parse("after", after);
        LogQuery query = Queries.of(category, types).after(start.position());
        Cursor cursor = start.checked(catalog, this::lastPosition);
        StreamingOutput lines = out -> write(query, cursor, out);
        return Response.ok(lines).build();
    }

    private long lastPosition() {
        return events.status().lastPosition();
    }

    private void write(LogQuery query, Cursor start, OutputStream body) throws IOException {
        OutputStream out = new BufferedOutputStream(body);
        UUID log = Objects.requireNonNull(start.log());
        Cursor last = start;
        try {
            LogQuery rest = query;
            while (rest != null) {
                LogPage page = page(rest, last);
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
     * @throws ProblemException if it did
     */
    private LogPage page(LogQuery query, Cursor last) {
        return transaction.run(() -> {
            last.checked(catalog, this::lastPosition);
            return events.readPage(query, EventStore.SCAN_PAGE);
        });
    }

    private static void writeLine(String line, OutputStream out) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
