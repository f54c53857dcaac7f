package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.meowmx.AppendResult;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.ExpectedVersion;
import org.meowmx.InvalidEventException;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Body;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Links;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Roles;

/** One stream: append and read. */
@Path("streams/{category}/{id}")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "streams")
public class StreamResource {

    @Inject
    EventStore events;

    @Inject
    Settings settings;

    @POST
    @RolesAllowed(Roles.WRITER)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Append one event or an array of events, all or none",
            description =
                    "An event is {\"type\": string, \"data\": any JSON, \"id\": UUID, \"metadata\": object of strings}; id and "
                            + "metadata are optional. If an append with the same ids is repeated, nothing is stored, and the answer "
                            + "is 200 with the original events.")
    @APIResponse(responseCode = "201", description = "The events as recorded; ETag is the new version of the stream")
    @APIResponse(responseCode = "200", description = "The events were already appended")
    @APIResponse(responseCode = "400", description = "The body, an event or a header breaks a rule")
    @APIResponse(responseCode = "409", description = "An event id is already used by another event")
    @APIResponse(responseCode = "412", description = "The stream is at another version; the problem has it as actual")
    @APIResponse(responseCode = "413", description = "The body is too large, or has too many events")
    @APIResponse(responseCode = "415", description = "The content type is not application/json")
    public Response append(
            @PathParam("category") String category,
            @PathParam("id") String id,
            @HeaderParam("If-Match")
                    @Parameter(description = "The expected version, such as \"3\"; * if the stream must exist")
                    @Nullable
                    String ifMatch,
            @HeaderParam("If-None-Match") @Parameter(description = "* if the stream must not exist") @Nullable
                    String ifNoneMatch,
            @Context UriInfo uri,
            InputStream content) {
        StreamId stream = stream(category, id);
        Audit.requireNotAudit(stream);
        ExpectedVersion expected = Preconditions.expected(ifMatch, ifNoneMatch);
        List<NewEvent> sent =
                AppendRequest.parse(Body.text(content, settings.get(Keys.MAX_BODY)), settings.get(Keys.MAX_EVENTS));
        AppendResult result = events.append(stream, expected, sent);
        return Response.status(result.repeated() ? Response.Status.OK : Response.Status.CREATED)
                .header("ETag", Preconditions.tag(result.version()))
                .header("Location", Links.self(uri))
                .entity(Json.object(json -> {
                    Json.stream(json, stream);
                    json.writeNumberField("version", result.version());
                    json.writeNumberField("position", result.position());
                    json.writeBooleanField("repeated", result.repeated());
                    Json.events(json, result.events());
                }))
                .build();
    }

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary = "Read the events of a stream",
            description =
                    "A stream that does not exist has no events and version 0. A page ends at the limit, or earlier if "
                            + "events are large. The header Link has the next page.")
    @APIResponse(responseCode = "200", description = "The events; ETag is the version at the upper end of the range")
    @APIResponse(responseCode = "304", description = "The stream is still at a version of If-None-Match")
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule")
    public Response read(
            @PathParam("category") String category,
            @PathParam("id") String id,
            @QueryParam("from") @DefaultValue("1") @Parameter(description = "The lowest version") String from,
            @QueryParam("to") @Parameter(description = "The highest version") @Nullable String to,
            @QueryParam("at") @Parameter(description = "A time: reads the stream as it was then") @Nullable String at,
            @QueryParam("direction") @DefaultValue("forward") @Parameter(description = "forward or backward")
                    String direction,
            @QueryParam("limit") @DefaultValue("100") @Parameter(description = "1 to 1000") String limit,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Context UriInfo uri) {
        StreamId stream = stream(category, id);
        StreamRange range = range(from, to, at, Parameters.backward(direction)).limit(Parameters.limit(limit));
        if (ifNoneMatch != null) {
            long version = events.readPage(stream, range.backwards().limit(1)).version();
            if (Preconditions.isKnown(ifNoneMatch, version)) {
                return Response.notModified()
                        .header("ETag", Preconditions.tag(version))
                        .build();
            }
        }
        return answer(events.readPage(stream, range), range, uri);
    }

    private static Response answer(EventStream read, StreamRange range, UriInfo uri) {
        Response.ResponseBuilder answer = Response.ok(Json.object(json -> {
                    Json.stream(json, read.id());
                    json.writeNumberField("version", read.version());
                    Json.events(json, read);
                }))
                .header("ETag", Preconditions.tag(read.version()));
        read.last().ifPresent(last -> {
            if (range.backward() && last.version() > range.from()) {
                answer.header("Link", Links.next(uri, "to", last.version() - 1));
            } else if (!range.backward() && last.version() < read.version()) {
                answer.header("Link", Links.next(uri, "from", last.version() + 1));
            }
        });
        return answer.build();
    }

    private static StreamRange range(String from, @Nullable String to, @Nullable String at, boolean backward) {
        StreamRange range = StreamRange.all().from(version("from", from));
        range = to == null ? range : range.to(version("to", to));
        range = at == null ? range : range.asOf(Parameters.time("at", at));
        return backward ? range.backwards() : range;
    }

    private static long version(String name, String text) {
        return Parameters.number(name, text, 1, Long.MAX_VALUE);
    }

    private static StreamId stream(String category, String id) {
        try {
            return StreamId.of(category, id);
        } catch (InvalidEventException e) {
            throw Parameters.invalid(e.field(), e.rule());
        }
    }
}
