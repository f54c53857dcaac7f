package org.meowmx.rest.transfer;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventImport;
import org.meowmx.ImportResult;
import org.meowmx.ImportedEvent;
import org.meowmx.InvalidEventException;
import org.meowmx.cloudevents.CloudEvent;
import org.meowmx.cloudevents.CloudEventFormat;
import org.meowmx.cloudevents.HttpBinding;
import org.meowmx.cloudevents.InvalidCloudEventException;
import org.meowmx.cloudevents.StreamDefaults;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.answer.ImportAnswer;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Body;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.MediaTypes;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemMapper;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;
import org.meowmx.retry.Attempts;
import org.meowmx.retry.Retry;

/** Imports CloudEvents: as lines, as one event, as a batch, or as headers and data. */
@Mounted
@Path(Mounted.ROOT + "events")
@ApplicationScoped
@Tag(name = "log")
public class ImportResource {

    private static final int MAX_LINES_PER_TRANSACTION = 1_000;
    private static final Attempts ATTEMPTS = Attempts.upTo(5);
    private static final String STRUCTURED = "application/cloudevents";

    @Inject
    EventImport eventImport;

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

        /** If the problem does not name a line, it gets the last one that was read. */
        ProblemException stoppedBy(RuntimeException cause) {
            Problem problem = ProblemMapper.problem(cause);
            return new ProblemException((problem.facts().containsKey("line") ? problem : problem.with("line", lines))
                    .with("fromLine", fromLine)
                    .with("stored", stored)
                    .with("known", known));
        }
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WRITER)
    @Operation(
            summary = "Import CloudEvents 1.0: JSON lines, one event, a batch, or an event in binary content mode",
            description =
                    "subject is the id of the stream, and the extension attribute category its category. An id that is not a UUID "
                            + "becomes a UUID of source and id. Other attributes are kept. time is kept to the microsecond, in the "
                            + "years 1 to 9999. Events are stored in their order. A batch is stored in one transaction. Up to 1000 "
                            + "lines are stored in one transaction, all or none. An event that the log already has is not stored "
                            + "again, so an interrupted import can be repeated. Any other content type requires the headers of the "
                            + "binary content mode: ce-specversion, ce-id, ce-source and ce-type.")
    @RequestBody(
            content = {
                @Content(mediaType = MediaTypes.LINES, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaTypes.NDJSON, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaTypes.JSONL, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaTypes.EVENT, schema = @Schema(ref = "CloudEvent")),
                @Content(mediaType = MediaTypes.BATCH, schema = @Schema(ref = "CloudEvents")),
                @Content(mediaType = MediaType.WILDCARD, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "200",
            description = "The numbers of lines or events, of stored events and of known events",
            content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description =
                    "An event breaks a rule. For lines, the problem has the number of the line, and the number of events that are stored")
    @APIResponse(responseCode = "409", description = "The id of an event is already used by another event")
    @APIResponse(responseCode = "413", description = "A line or a body is too long, or a batch has too many events")
    @APIResponse(
            responseCode = "415",
            description = "The content type is not one of CloudEvents, or the encoding is not gzip")
    public Response importEvents(
            InputStream content,
            @QueryParam("category")
                    @Parameter(description = "The category of events without the attribute category")
                    @Nullable
                    String category,
            @QueryParam("subject")
                    @Parameter(description = "The stream id of events without the attribute subject")
                    @Nullable
                    String subject,
            @Context HttpHeaders headers,
            @Context SecurityContext caller) {
        StreamDefaults defaults = new StreamDefaults(given(category), given(subject));
        boolean audited = caller.isUserInRole(Roles.OPERATOR);
        String contentType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        String type = MediaTypes.name(contentType == null ? "" : contentType);
        if (type.equals(MediaTypes.EVENT)) {
            return storeAll(read(() -> List.of(CloudEventFormat.read(text(content), defaults)), "The body"), audited);
        }
        if (type.equals(MediaTypes.BATCH)) {
            return storeAll(read(() -> batch(text(content), defaults), "The body"), audited);
        }
        if (headers.getHeaderString(HttpBinding.SPECVERSION_HEADER) != null && !type.startsWith(STRUCTURED)) {
            byte[] data = Body.bytes(content, settings.get(Keys.MAX_BODY));
            return storeAll(
                    read(() -> List.of(HttpBinding.read(single(headers), contentType, data, defaults)), "The event"),
                    audited);
        }
        if (MediaTypes.isLines(type)) {
            return storeLines(new Lines(content, settings.get(Keys.MAX_BODY)), defaults, audited);
        }
        throw new ProblemException(Problem.of(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "The content type must be %s, %s, %s, %s or %s; or the request must have the headers of the binary content mode of CloudEvents, such as ce-specversion"
                        .formatted(
                                MediaTypes.LINES,
                                MediaTypes.NDJSON,
                                MediaTypes.JSONL,
                                MediaTypes.EVENT,
                                MediaTypes.BATCH)));
    }

    private static @Nullable String given(@Nullable String parameter) {
        return parameter == null || parameter.isEmpty() ? null : parameter;
    }

    private String text(InputStream content) {
        return Body.text(content, settings.get(Keys.MAX_BODY));
    }

    private static Map<String, String> single(HttpHeaders headers) {
        Map<String, String> values = new HashMap<>();
        headers.getRequestHeaders().keySet().forEach(name -> {
            String value = headers.getHeaderString(name);
            values.put(name, value == null ? "" : value);
        });
        return values;
    }

    /** Something that reads events. */
    private interface Reading {
        List<CloudEvent> read();
    }

    private static List<CloudEvent> read(Reading reading, String what) {
        try {
            return reading.read();
        } catch (InvalidCloudEventException e) {
            throw Refusal.of(e, what);
        }
    }

    /** Counts the events while it reads them, because a short body in gzip may have millions. */
    private List<CloudEvent> batch(String text, StreamDefaults defaults) {
        int most = settings.get(Keys.MAX_EVENTS);
        List<CloudEvent> events = new ArrayList<>();
        CloudEventFormat.readBatch(text, defaults, event -> {
            if (events.size() == most) {
                throw new ProblemException(Problem.of(
                                ProblemType.TOO_LARGE,
                                "The batch has more than %d events (meowmx.append.max-events)".formatted(most))
                        .with("limit", most));
            }
            events.add(event);
        });
        return events;
    }

    /** Stores events in one transaction. */
    private Response storeAll(List<CloudEvent> sent, boolean audited) {
        if (!audited) {
            sent.forEach(event -> Audit.requireNotAudit(event.stream()));
        }
        Progress progress = new Progress();
        progress.lines = sent.size();
        store(sent, progress);
        return answer(progress);
    }

    private Response storeLines(Lines lines, StreamDefaults defaults, boolean audited) {
        Progress progress = new Progress();
        try {
            while (!lines.isOver()) {
                storeNext(lines, progress, defaults, audited);
            }
        } catch (IOException e) {
            throw progress.stoppedBy(Body.endedEarly());
        } catch (RuntimeException e) {
            throw progress.stoppedBy(e);
        }
        return answer(progress);
    }

    private void storeNext(Lines lines, Progress progress, StreamDefaults defaults, boolean audited)
            throws IOException {
        Chunk chunk = new Chunk(Math.min(MAX_LINES_PER_TRANSACTION, settings.get(Keys.MAX_EVENTS)), defaults);
        progress.fromLine = progress.lines + 1;
        while (!chunk.isFull() && !lines.isOver()) {
            progress.lines++;
            String line = lines.next();
            if (!line.isEmpty()) {
                chunk.add(line, progress.lines, audited);
            } else if (lines.isOver()) {
                progress.lines--;
            }
        }
        try {
            store(chunk.events(), progress);
        } catch (InvalidEventException | EventIdConflictException e) {
            throw new ProblemException(chunk.problem(e));
        }
    }

    private void store(List<CloudEvent> sent, Progress progress) {
        if (!sent.isEmpty()) {
            ImportResult result = store(sent);
            progress.stored += result.stored();
            progress.known += result.known();
        }
    }

    /** Stores events, all or none, and repeats that if another writer was faster. */
    private ImportResult store(List<CloudEvent> sent) {
        List<ImportedEvent> imported = sent.stream()
                .map(event -> ImportedEvent.of(event.stream(), event.event()))
                .toList();
        return retry.repeat(ATTEMPTS, Retry::isConflict, () -> eventImport.store(imported));
    }

    private static Response answer(Progress progress) {
        return Response.ok(Json.answer(new ImportAnswer(progress.lines, progress.stored, progress.known)))
                .build();
    }
}
