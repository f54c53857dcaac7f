package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.answer.AppendAnswer;
import org.meowmx.rest.answer.StreamAnswer;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;

/** One stream, named by the path: append and read. {@link StreamByQueryResource} is the same with another address. */
@Mounted
@Path(Mounted.ROOT + StreamResource.PATH)
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "streams")
public class StreamResource {

    static final String PATH = "streams/{category}/{id}";

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
    @APIResponse(
            responseCode = "201",
            description = "The events as recorded; ETag is the new version of the stream",
            content = @Content(schema = @Schema(implementation = AppendAnswer.class)))
    @APIResponse(
            responseCode = "200",
            description = "The events were already appended",
            content = @Content(schema = @Schema(implementation = AppendAnswer.class)))
    @APIResponse(responseCode = "400", description = "The body, an event or a header breaks a rule")
    @APIResponse(responseCode = "409", description = "An event id is already used by another event")
    @APIResponse(responseCode = "412", description = "The stream is at another version; the problem has it as actual")
    @APIResponse(responseCode = "413", description = "The body is too large, or has too many events")
    @APIResponse(responseCode = "415", description = "The content type is not application/json")
    public Response append(
            @BeanParam StreamInPath path,
            @HeaderParam("If-Match")
                    @Parameter(description = "The expected version, such as \"3\"; * if the stream must exist")
                    @Nullable
                    String ifMatch,
            @HeaderParam("If-None-Match") @Parameter(description = "* if the stream must not exist") @Nullable
                    String ifNoneMatch,
            @Context UriInfo uri,
            InputStream content) {
        return new StreamOperations(events, settings).append(path.stream(), ifMatch, ifNoneMatch, uri, content);
    }

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary = "Read the events of a stream",
            description =
                    "A stream that does not exist has no events and version 0. A page ends at the limit, or earlier if "
                            + "events are large. The header Link has the next page.")
    @APIResponse(
            responseCode = "200",
            description = "The events; ETag is the version at the upper end of the range",
            content = @Content(schema = @Schema(implementation = StreamAnswer.class)))
    @APIResponse(responseCode = "304", description = "The stream is still at a version of If-None-Match")
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule")
    public Response read(
            @BeanParam StreamInPath path,
            @BeanParam RangeParameters part,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Context UriInfo uri) {
        return new StreamOperations(events, settings).read(path.stream(), part.range(), ifNoneMatch, uri);
    }
}
