package org.meowmx.rest.live;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
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
import org.meowmx.LogQuery;
import org.meowmx.metadata.TraceContext;
import org.meowmx.rest.message.Cursor;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Queries;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;

/**
 * Follows the log as server-sent events. The SSE API of Jakarta REST blocks on Open Liberty and WildFly until a client has taken the
 * data. Therefore this class suspends the connection, and {@link LiveReader} writes to it.
 */
@Mounted
@Path(Mounted.ROOT + "events/live")
@ApplicationScoped
@Tag(name = "log")
public class LiveResource {

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @Inject
    LiveReaders readers;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary = "Follow the log as server-sent events",
            description =
                    "Each message has the event as JSON, and a cursor as its id. A client that sends the cursor as Last-Event-ID "
                            + "resumes where its connection was lost: it misses nothing and receives nothing twice. Comments keep "
                            + "the connection alive. If the log went back, for example by a restore, the client is disconnected, and "
                            + "its cursor is refused with 409.")
    @APIResponse(
            responseCode = "200",
            description = "An endless stream of server-sent events. The data of each message is an Event",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", description = "A parameter or the Last-Event-ID breaks a rule")
    @APIResponse(
            responseCode = "409",
            description =
                    "The cursor belongs to another log, or this log no longer has its event, or has not reached its position")
    @APIResponse(
            responseCode = "503",
            description = "The limit of live readers is reached, or the database is not reachable")
    public void live(
            @QueryParam("after")
                    @DefaultValue("now")
                    @Parameter(
                            description =
                                    "A position, a cursor LOG:POSITION:FINGERPRINT, or now; Last-Event-ID has precedence")
                    String after,
            @QueryParam("category") @Nullable String category,
            @QueryParam("type") @Parameter(description = "Any of these types; repeatable") List<String> types,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response,
            @Suspended AsyncResponse written)
            throws IOException {
        Cursor start = start(after, lastEventId);
        LogQuery query = Queries.of(category, types).after(start.position());
        Cursor cursor = start.checked(catalog, () -> events.status().lastPosition());
        readers.requireRoom();
        if (request.getMethod().equals("HEAD")) {
            written.resume(Response.ok().build());
            return;
        }
        response.setContentType(MediaType.SERVER_SENT_EVENTS + ";charset=UTF-8");
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext connection = request.getAsyncContext();
        connection.setTimeout(0);
        readers.add(query, cursor, connection);
        TraceContext.detach();
    }

    private Cursor start(String after, @Nullable String lastEventId) {
        boolean again = lastEventId != null && !lastEventId.isEmpty();
        if (!again && after.equals("now")) {
            return readers.end();
        }
        return again ? Cursor.parse("Last-Event-ID", Parameters.orEmpty(lastEventId)) : Cursor.parse("after", after);
    }
}
