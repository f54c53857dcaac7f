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
import java.util.function.LongSupplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.StreamId;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Roles;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;

/** The streams that a subscription has set aside because an event of theirs kept failing. */
@Path("subscriptions/{name}/parked")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "subscriptions")
@APIResponse(responseCode = "404", description = "There is no such subscription")
public class ParkedResource {

    @Inject
    Subscriptions subscriptions;

    @Inject
    Audit audit;

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary =
                    "List the parked streams, the first 1000 in the order in which they were parked, with what the first event failed with")
    @APIResponse(responseCode = "200", description = "The parked streams")
    public Response list(@PathParam("name") String name) {
        List<ParkedStream> parked = subscriptions.parked(name);
        return Response.ok(Json.object(json -> Json.list(json, "parked", parked, SubscriptionJson::parked)))
                .build();
    }

    @POST
    @Path("{category}/{id}/retry")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Handle the parked events of a stream in order; when all are handled the stream takes part again")
    @APIResponse(responseCode = "200", description = "How many were handled")
    @APIResponse(
            responseCode = "409",
            description =
                    "The handler failed again, and the events from there on stay parked; or another release is running that asks for more")
    public Response retry(
            @PathParam("name") String name,
            @PathParam("category") String category,
            @PathParam("id") String id,
            @Context SecurityContext caller) {
        StreamId stream = StreamId.of(category, id);
        return Handlers.answer(
                "handled",
                noted("parked-stream-retried", name, stream, caller, () -> subscriptions.retryParked(name, stream)));
    }

    @POST
    @Path("{category}/{id}/skip")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Drop the first parked event of a stream unhandled, and handle the rest as a retry does")
    @APIResponse(responseCode = "200", description = "How many were handled")
    @APIResponse(
            responseCode = "409",
            description =
                    "The handler failed at a later one, and the events from there on stay parked; or another release is running that asks for more")
    public Response skip(
            @PathParam("name") String name,
            @PathParam("category") String category,
            @PathParam("id") String id,
            @Context SecurityContext caller) {
        StreamId stream = StreamId.of(category, id);
        return Handlers.answer(
                "handled",
                noted("parked-event-skipped", name, stream, caller, () -> subscriptions.skipParked(name, stream)));
    }

    @POST
    @Path("{category}/{id}/discard")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Drop all parked events of a stream unhandled; it takes part again with its next event")
    @APIResponse(responseCode = "200", description = "How many were discarded")
    @APIResponse(responseCode = "409", description = "Another worker is at work")
    public Response discard(
            @PathParam("name") String name,
            @PathParam("category") String category,
            @PathParam("id") String id,
            @Context SecurityContext caller) {
        StreamId stream = StreamId.of(category, id);
        return Handlers.answer(
                "discarded",
                noted(
                        "parked-stream-discarded",
                        name,
                        stream,
                        caller,
                        () -> subscriptions.discardParked(name, stream)));
    }

    /** Does it and notes it, also when the handler failed on the way: what was dropped before is dropped. */
    private long noted(String action, String name, StreamId stream, SecurityContext caller, LongSupplier work) {
        try {
            long events = Handlers.call(work);
            audit.note(action, name, caller, json -> {
                Json.stream(json, stream);
                json.writeNumberField("events", events);
            });
            return events;
        } catch (UnknownSubscriptionException e) {
            throw e;
        } catch (RuntimeException e) {
            audit.note(action, name, caller, json -> {
                Json.stream(json, stream);
                json.writeBooleanField("failed", true);
            });
            throw e;
        }
    }
}
