package org.meowmx.rest.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.Body;
import org.meowmx.rest.message.Cursor;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemMapper;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.rest.message.Queries;
import org.meowmx.rest.message.Roles;

/** Takes events in from another log and gives them out, as lines of CloudEvents JSON. */
@Path("events")
@ApplicationScoped
@Tag(name = "log")
public class TransferResource {

    private static final String LINES = "application/x-ndjson";
    private static final int LINES_AT_ONCE = 1_000;

    /** What an export ends with that could not be finished; no import takes it. */
    private static final String BROKEN_OFF = "the export broke off here";

    @Inject
    EventStore events;

    @Inject
    LogCatalog directory;

    @Inject
    Importer importer;

    @Inject
    Body body;

    @Inject
    Settings settings;

    /** How far an import has come. */
    private static final class Progress {
        private long fromLine;
        private long lines;
        private long stored;
        private long known;

        ProblemException stoppedBy(RuntimeException cause) {
            return ProblemMapper.problem(cause)
                    .with("fromLine", fromLine)
                    .with("line", lines)
                    .with("stored", stored)
                    .with("known", known)
                    .asException();
        }
    }

    @POST
    @Consumes(LINES)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WRITER)
    @Operation(
            summary = "Import events: one CloudEvent 1.0 in JSON on each line",
            description =
                    "The subject is the stream's id, the extension category its category; the id is a UUID, and time is kept to the "
                            + "microsecond, in the years 1 to 9999. Events are stored in the order of the lines, up to 1000 lines at a time, all or none of them. What is in the "
                            + "log already is not stored again, so an import that was broken off can be repeated.")
    @APIResponse(
            responseCode = "200",
            description = "How many lines there were, how many were stored and how many known")
    @APIResponse(
            responseCode = "400",
            description =
                    "A line is no such event; the problem says between which lines, and how many events were stored before")
    @APIResponse(responseCode = "409", description = "The id of a line is in the log as another event")
    @APIResponse(responseCode = "413", description = "A line is too long")
    @APIResponse(responseCode = "415", description = "The content type is not application/x-ndjson")
    public Response importEvents(InputStream content, @Context SecurityContext caller) {
        Progress progress = new Progress();
        Lines lines = new Lines(content, body.maxBytes());
        try {
            while (!lines.isOver()) {
                storeNext(lines, progress, caller.isUserInRole(Roles.OPERATOR));
            }
        } catch (IOException e) {
            throw progress.stoppedBy(
                    Problem.of(ProblemType.BAD_REQUEST, "The body broke off").asException());
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
        Chunk chunk = new Chunk(Math.min(LINES_AT_ONCE, settings.get(Keys.MAX_EVENTS)));
        progress.fromLine = progress.lines + 1;
        while (!chunk.isFull() && !lines.isOver()) {
            String line = lines.next();
            progress.lines += lines.isOver() && line.isEmpty() ? 0 : 1;
            if (!line.isEmpty()) {
                chunk.add(line, audited);
            }
        }
        if (!chunk.events().isEmpty()) {
            int stored = importer.store(chunk.events());
            progress.stored += stored;
            progress.known += chunk.events().size() - stored;
        }
    }

    @GET
    @Path("export")
    @Produces(LINES)
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary = "Export the log up to its high-water mark: one CloudEvent 1.0 in JSON on each line",
            description =
                    "The extensions version, position and metadata are texts. Imported into an empty log it makes the same "
                            + "streams, versions, ids, times and order.")
    @APIResponse(responseCode = "200", description = "The events in order of position")
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule")
    @APIResponse(responseCode = "409", description = "The cursor belongs to another log, or lies ahead of this one")
    public Response export(
            @QueryParam("after") @DefaultValue("0") @Parameter(description = "A position, or a cursor LOG:POSITION")
                    String after,
            @QueryParam("category") @Nullable String category,
            @QueryParam("type") @Parameter(description = "Can be repeated; any of the types") List<String> types) {
        UUID log = directory.logId();
        Cursor cursor = Cursor.parse("after", after)
                .checked(log, events.highWaterMark(), () -> events.status().lastPosition());
        LogQuery query = Queries.of(category, types).after(cursor.position());
        StreamingOutput lines = out -> write(query, log, out);
        return Response.ok(lines).build();
    }

    private void write(LogQuery query, UUID log, OutputStream out) throws IOException {
        try (Stream<RecordedEvent> found = events.scan(query)) {
            write(found.iterator(), log, out);
        } catch (RuntimeException e) {
            out.write(BROKEN_OFF.getBytes(StandardCharsets.UTF_8));
            out.flush();
            throw e;
        }
    }

    private static void write(Iterator<RecordedEvent> found, UUID log, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            while (found.hasNext()) {
                CloudEvent.write(json, log, found.next());
            }
            json.writeRaw('\n');
        }
    }
}
