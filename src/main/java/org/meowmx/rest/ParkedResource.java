package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.EventStore;
import org.meowmx.rest.answer.DiscardedAnswer;
import org.meowmx.rest.answer.HandledAnswer;
import org.meowmx.rest.answer.ParkedAnswer;
import org.meowmx.rest.answer.ParkedListAnswer;
import org.meowmx.rest.answer.PendingAnswer;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Links;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.Subscriptions;

/** Parked streams: streams whose events a subscription has set aside, because one of them kept failing. */
@Mounted
@Path(Mounted.ROOT + ParkedResource.PATH)
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "subscriptions")
@APIResponse(responseCode = "404", description = "Subscription not found")
public class ParkedResource {

    static final String PATH = "subscriptions/{name}/parked";
    static final String STREAM = "{category}/{id}";

    @Inject
    Subscriptions subscriptions;

    @Inject
    EventStore events;

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary =
                    "List the parked streams in the order of their first parked events, with the first line of the failure",
            description = "The number of all parked streams is in the status of the subscription.")
    @APIResponse(
            responseCode = "200",
            description = "One page of parked streams",
            content = @Content(schema = @Schema(implementation = ParkedListAnswer.class)))
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule")
    public Response list(
            @PathParam("name") String name,
            @QueryParam("after")
                    @DefaultValue("0")
                    @Parameter(description = "Only streams whose first parked event is after this position")
                    String after,
            @QueryParam("limit") @DefaultValue("100") @Parameter(description = "1 to 1000") String limit,
            @Context UriInfo uri) {
        int most = Parameters.limit(limit);
        List<ParkedStream> parked =
                subscriptions.parked(name, Parameters.number("after", after, 0, Long.MAX_VALUE), most);
        Response.ResponseBuilder answer = Response.ok(Json.answer(ParkedListAnswer.of(parked)));
        if (parked.size() == most) {
            String last = String.valueOf(parked.get(most - 1).firstPosition());
            answer.header("Link", Links.next(uri, "after", last));
        }
        return answer.build();
    }

    @GET
    @Path(STREAM)
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(summary = "Read a parked stream, with the stack trace of the failure of its first event")
    @APIResponse(
            responseCode = "200",
            description = "The parked stream",
            content = @Content(schema = @Schema(implementation = ParkedAnswer.class)))
    @APIResponse(responseCode = "404", description = "Subscription not found, or no event of the stream is parked")
    public Response read(@PathParam("name") String name, @BeanParam StreamInPath path) {
        return operations().read(name, path.stream());
    }

    @POST
    @Path(STREAM + "/retry")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary =
                    "Handle the parked events of a stream in order; afterwards the stream is delivered normally again")
    @APIResponse(
            responseCode = "200",
            description = "The number of handled events",
            content = @Content(schema = @Schema(implementation = HandledAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "Another node has to carry it out, and has not done so yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "A handler failed again, and the remaining events stay parked; another worker is in a turn; or another release needs more event types")
    public Response retry(
            @PathParam("name") String name, @BeanParam StreamInPath path, @Context SecurityContext caller) {
        return operations().retry(name, path.stream(), caller);
    }

    @POST
    @Path(STREAM + "/skip")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Discard the first parked event of a stream, and handle the others like a retry")
    @APIResponse(
            responseCode = "200",
            description = "The number of handled events",
            content = @Content(schema = @Schema(implementation = HandledAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "Another node has to carry it out, and has not done so yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "A handler failed at a later event, and the remaining events stay parked; another worker is in a turn; or another release needs more event types")
    public Response skip(
            @PathParam("name") String name, @BeanParam StreamInPath path, @Context SecurityContext caller) {
        return operations().skip(name, path.stream(), caller);
    }

    @POST
    @Path(STREAM + "/discard")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary =
                    "Discard all parked events of a stream; the stream is delivered normally again from its next event")
    @APIResponse(
            responseCode = "200",
            description = "The number of discarded events",
            content = @Content(schema = @Schema(implementation = DiscardedAnswer.class)))
    @APIResponse(responseCode = "409", description = "Another worker is in a turn")
    public Response discard(
            @PathParam("name") String name, @BeanParam StreamInPath path, @Context SecurityContext caller) {
        return operations().discard(name, path.stream(), caller);
    }

    private ParkedOperations operations() {
        return new ParkedOperations(subscriptions, events);
    }
}
