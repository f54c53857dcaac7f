package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.EventStore;
import org.meowmx.StreamId;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Roles;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.Subscriptions;

/** Parked streams: a subscription has set their events aside because one of them kept failing. */
@Path("subscriptions/{name}/parked")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "subscriptions")
@APIResponse(responseCode = "404", description = "Subscription not found")
public class ParkedResource {

    @Inject
    Subscriptions subscriptions;

    @Inject
    EventStore events;

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary =
                    "List the first 1000 parked streams in the order of parking, with the failure of their first event")
    @APIResponse(responseCode = "200", description = "The parked streams")
    public Response list(@PathParam("name") String name) {
        List<ParkedStream> parked = subscriptions.parked(name);
        return Response.ok(Json.object(json -> Json.list(json, "parked", parked, SubscriptionJson::parked)))
                .build();
    }

    @POST
    @Path("{category}/{id}/retry")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Handle the parked events of a stream in order; afterwards the stream takes part again")
    @APIResponse(responseCode = "200", description = "The number of handled events")
    @APIResponse(
            responseCode = "409",
            description =
                    "A handler failed again, and the remaining events stay parked; another worker is in a turn; or another release needs more event types")
    public Response retry(
            @PathParam("name") String name,
            @PathParam("category") String category,
            @PathParam("id") String id,
            @Context SecurityContext caller) {
        StreamId stream = StreamId.of(category, id);
        return action("parked-stream-retried", name, stream, caller)
                .callHandlers("handled", () -> subscriptions.retryParked(name, stream));
    }

    @POST
    @Path("{category}/{id}/skip")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Drop the first parked event of a stream, and handle the rest like a retry")
    @APIResponse(responseCode = "200", description = "The number of handled events")
    @APIResponse(
            responseCode = "409",
            description =
                    "A handler failed at a later event, and the remaining events stay parked; another worker is in a turn; or another release needs more event types")
    public Response skip(
            @PathParam("name") String name,
            @PathParam("category") String category,
            @PathParam("id") String id,
            @Context SecurityContext caller) {
        StreamId stream = StreamId.of(category, id);
        return action("parked-event-skipped", name, stream, caller)
                .callHandlers("handled", () -> subscriptions.skipParked(name, stream));
    }

    @POST
    @Path("{category}/{id}/discard")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Drop all parked events of a stream; the stream takes part again with its next event")
    @APIResponse(responseCode = "200", description = "The number of discarded events")
    @APIResponse(responseCode = "409", description = "Another worker is in a turn")
    public Response discard(
            @PathParam("name") String name,
            @PathParam("category") String category,
            @PathParam("id") String id,
            @Context SecurityContext caller) {
        StreamId stream = StreamId.of(category, id);
        return action("parked-stream-discarded", name, stream, caller)
                .callHandlers("discarded", () -> subscriptions.discardParked(name, stream));
    }

    private OperatorAction action(String type, String name, StreamId stream, SecurityContext caller) {
        return new OperatorAction(new Audit(events), type, name, caller).with(json -> Json.stream(json, stream));
    }
}
