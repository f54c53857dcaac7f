package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
import org.meowmx.rest.answer.EventAnswer;
import org.meowmx.rest.answer.LogAnswer;
import org.meowmx.rest.message.Cursor;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Links;
import org.meowmx.rest.message.MediaTypes;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.rest.message.Queries;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;

/** The log, page by page, and its events. */
@Mounted
@Path(Mounted.ROOT + "events")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "log")
public class LogResource {

    private static final List<String> OFFERED = List.of(MediaType.APPLICATION_JSON, MediaTypes.EVENT);

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary = "Read the log in order of position",
            description =
                    "Only events up to the high-water mark are returned, so no event is added later before the returned ones. "
                            + "The header Link has the next page. To resume later, pass the returned cursor as after. The cursor of a "
                            + "backward page is that of the newest event of the log, so a client can follow the log from there.")
    @APIResponse(
            responseCode = "200",
            description = "One page of events",
            content = @Content(schema = @Schema(implementation = LogAnswer.class)))
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule")
    @APIResponse(
            responseCode = "409",
            description =
                    "The cursor belongs to another log, or this log no longer has its event, or has not reached its position")
    public Response log(
            @QueryParam("after")
                    @DefaultValue("0")
                    @Parameter(description = "A position, or a cursor LOG:POSITION:FINGERPRINT")
                    String after,
            @QueryParam("before") @Parameter(description = "Only positions below this one") @Nullable String before,
            @QueryParam("category") @Nullable String category,
            @QueryParam("type") @Parameter(description = "Any of these types; repeatable") List<String> types,
            @QueryParam("correlation")
                    @Parameter(description = "Only events with this correlationId in their metadata")
                    @Nullable
                    String correlation,
            @QueryParam("direction") @DefaultValue("forward") @Parameter(description = "forward or backward")
                    String direction,
            @QueryParam("limit") @DefaultValue("100") @Parameter(description = "1 to 1000") String limit,
            @Context UriInfo uri) {
        Cursor cursor = Cursor.parse("after", after);
        LogQuery query = Queries.of(category, types).after(cursor.position());
        query = before == null ? query : query.upTo(Parameters.number("before", before, 1, Long.MAX_VALUE) - 1);
        query = correlation == null ? query : query.correlatedBy(correlation);
        query = Parameters.backward(direction) ? query.backwards() : query;
        LogPage page = events.readPage(query, Parameters.limit(limit));
        // check after the read, because a restore between the two could otherwise remain undetected
        Cursor checked = cursor.checked(page.logId(), catalog, page::lastPosition);
        return answer(page, query, checked, uri);
    }

    private Response answer(LogPage page, LogQuery query, Cursor from, UriInfo uri) {
        List<RecordedEvent> found = page.events();
        UUID log = Objects.requireNonNull(from.log());
        Cursor last = found.isEmpty() ? from : Cursor.of(log, found.get(found.size() - 1));
        Cursor cursor = query.backward() ? Cursor.newest(log, catalog, page.highWaterMark()) : last;
        Response.ResponseBuilder answer = Response.ok(
                Json.answer(new LogAnswer(log, EventAnswer.of(found), cursor.toString(), page.highWaterMark())));
        if (page.next() != null) {
            answer.header(
                    "Link",
                    query.backward() ? Links.next(uri, "before", last.position()) : Links.next(uri, "after", last));
        }
        return answer.build();
    }

    @GET
    @Path("{event-id}")
    @Produces({MediaType.APPLICATION_JSON, MediaTypes.EVENT})
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary = "Read one event by its id",
            description = "If Accept is application/cloudevents+json, the answer is the event as a CloudEvent.")
    @APIResponse(
            responseCode = "200",
            description = "The event",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = EventAnswer.class)),
                @Content(mediaType = MediaTypes.EVENT, schema = @Schema(ref = "CloudEvent"))
            })
    @APIResponse(responseCode = "400", description = "The id is not a UUID")
    @APIResponse(responseCode = "404", description = "Event not found")
    public Response event(@PathParam("event-id") String eventId, @Context HttpHeaders headers) {
        UUID id = Parameters.uuid("event-id", eventId);
        RecordedEvent event = catalog.event(id)
                .orElseThrow(
                        () -> new ProblemException(Problem.of(ProblemType.UNKNOWN_EVENT, "No event has the id " + id)));
        String type = MediaTypes.accepted(headers, OFFERED);
        byte[] answer = type.equals(MediaTypes.EVENT)
                ? CloudEventFormat.write(event, catalog.logId()).getBytes(StandardCharsets.UTF_8)
                : Json.answer(EventAnswer.of(event));
        return Response.ok(answer)
                .type(type)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }
}
