package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.StreamId;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Body;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.JsonObject;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.rest.message.Roles;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;

/** Subscriptions: see how they are doing, and operate them. What is done is noted in the log. */
@Path("subscriptions")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "subscriptions")
@APIResponse(responseCode = "404", description = "There is no such subscription")
public class SubscriptionResource {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int MOST_WAITS = 10;
    private static final Json.Content NOTHING_MORE = json -> {};

    private final Semaphore waits = new Semaphore(MOST_WAITS);

    @Inject
    Subscriptions subscriptions;

    @Inject
    Body body;

    @Inject
    Audit audit;

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(summary = "List all subscriptions, by name, and checkpoints that no application names any more")
    @APIResponse(responseCode = "200", description = "The subscriptions")
    public Response list() {
        List<SubscriptionStatus> all = subscriptions.list();
        return Response.ok(Json.object(json -> Json.list(json, "subscriptions", all, SubscriptionJson::status)))
                .build();
    }

    @GET
    @Path("{name}")
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(summary = "Tell how a subscription is doing")
    @APIResponse(responseCode = "200", description = "Its state, segments, lag and last failure")
    public Response status(@PathParam("name") String name) {
        SubscriptionStatus status = subscriptions.status(name);
        return Response.ok(Json.bytes(json -> SubscriptionJson.status(json, status)))
                .build();
    }

    @GET
    @Path("{name}/reached")
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary = "Wait until a subscription has handled everything up to a position, to read what one has written")
    @APIResponse(responseCode = "200", description = "Whether it did so in time")
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule")
    public Response reached(
            @PathParam("name") String name,
            @QueryParam("position") @DefaultValue("") @Parameter(required = true) String position,
            @QueryParam("timeout") @DefaultValue("PT5S") @Parameter(description = "An ISO-8601 duration up to PT30S")
                    String timeout) {
        long upTo = Parameters.number("position", position, 0, Long.MAX_VALUE);
        Duration limit = Parameters.duration("timeout", timeout, LONGEST_WAIT);
        boolean reached = waiting(() -> subscriptions.await(name, upTo, limit));
        return Response.ok(Json.object(json -> json.writeBooleanField("reached", reached)))
                .build();
    }

    /** Waits in the thread of the request, so only so many may. */
    private boolean waiting(BooleanSupplier wait) {
        if (!waits.tryAcquire()) {
            throw Problem.of(ProblemType.UNAVAILABLE, MOST_WAITS + " requests wait for a subscription already")
                    .asException();
        }
        try {
            return wait.getAsBoolean();
        } finally {
            waits.release();
        }
    }

    @POST
    @Path("{name}/pause")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Let the turns at hand end, and no further one begin")
    @APIResponse(responseCode = "200", description = "How it is doing now")
    public Response pause(@PathParam("name") String name, @Context SecurityContext caller) {
        subscriptions.pause(name);
        audit.note("subscription-paused", name, caller, NOTHING_MORE);
        return status(name);
    }

    @POST
    @Path("{name}/resume")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "End a pause; what had failed is tried again at once")
    @APIResponse(responseCode = "200", description = "How it is doing now")
    public Response resume(@PathParam("name") String name, @Context SecurityContext caller) {
        subscriptions.resume(name);
        audit.note("subscription-resumed", name, caller, NOTHING_MORE);
        return status(name);
    }

    @POST
    @Path("{name}/replay")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Make it read the log from the beginning; its parked events are discarded")
    @APIResponse(responseCode = "200", description = "How many parked events were discarded, and how it is doing now")
    public Response replay(@PathParam("name") String name, @Context SecurityContext caller) {
        long discarded = subscriptions.replay(name, () -> {});
        audit.note("subscription-replayed", name, caller, json -> json.writeNumberField("discarded", discarded));
        return moved(name, discarded);
    }

    @POST
    @Path("{name}/position")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make a paused subscription read from elsewhere; its parked events are discarded",
            description =
                    "The body is one of {\"from\": \"beginning\"}, {\"from\": \"now\"}, {\"position\": 123}, which goes on "
                            + "behind it, and {\"time\": \"2026-01-31T12:00:00Z\"}.")
    @APIResponse(responseCode = "200", description = "How many parked events were discarded, and how it is doing now")
    @APIResponse(responseCode = "400", description = "The body is none of these")
    @APIResponse(responseCode = "409", description = "It is not paused")
    public Response reposition(@PathParam("name") String name, InputStream content, @Context SecurityContext caller) {
        JsonObject sent = JsonObject.one(body.text(content), Set.of("from", "position", "time"));
        long discarded = subscriptions.reposition(name, place(sent), () -> {});
        audit.note("subscription-repositioned", name, caller, json -> {
            for (String field : sent.fields().keySet()) {
                json.writeFieldName(field);
                json.writeRawValue(sent.json(field));
            }
            json.writeNumberField("discarded", discarded);
        });
        return moved(name, discarded);
    }

    private static ReadFrom place(JsonObject sent) {
        if (sent.fields().size() != 1) {
            throw sent.invalid("", "must have one of from, position and time");
        }
        if (sent.has("position")) {
            return ReadFrom.after(sent.number("position", 0, Long.MAX_VALUE));
        }
        if (sent.has("time")) {
            return ReadFrom.time(sent.time("time"));
        }
        return switch (sent.text("from")) {
            case "beginning" -> ReadFrom.beginning();
            case "now" -> ReadFrom.now();
            default -> throw sent.invalid("/from", "must be beginning or now");
        };
    }

    private Response moved(String name, long discarded) {
        SubscriptionStatus status = subscriptions.status(name);
        return Response.ok(Json.object(json -> {
                    json.writeNumberField("discarded", discarded);
                    json.writeFieldName("subscription");
                    SubscriptionJson.status(json, status);
                }))
                .build();
    }

    @POST
    @Path("{name}/segments")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change how many segments it has, while it is running",
            description =
                    "The body is {\"count\": 8}, from 1 to 1024. Where segments are joined, the faster ones wait for the slower "
                            + "ones; until that is done, wantedSegments differs from the number of segments.")
    @APIResponse(responseCode = "200", description = "How it is doing now")
    @APIResponse(responseCode = "400", description = "The body is not that")
    @APIResponse(responseCode = "409", description = "A segment is failing")
    public Response changeSegments(
            @PathParam("name") String name, InputStream content, @Context SecurityContext caller) {
        long count = JsonObject.one(body.text(content), Set.of("count")).number("count", 1, StreamId.SLICES);
        subscriptions.changeSegments(name, (int) count);
        audit.note("subscription-segments-changed", name, caller, json -> json.writeNumberField("segments", count));
        return status(name);
    }

    @POST
    @Path("{name}/catch-up")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Handle everything up to the high-water mark before answering, even while it is paused")
    @APIResponse(responseCode = "200", description = "How many events were handled")
    @APIResponse(responseCode = "409", description = "The handler failed, or another worker is at work")
    public Response catchUp(@PathParam("name") String name, @Context SecurityContext caller) {
        try {
            long handled = Handlers.call(() -> subscriptions.catchUp(name));
            audit.note("subscription-caught-up", name, caller, json -> json.writeNumberField("handled", handled));
            return Handlers.answer("handled", handled);
        } catch (ProblemException e) {
            audit.note("subscription-caught-up", name, caller, json -> json.writeBooleanField("failed", true));
            throw e;
        }
    }

    @POST
    @Path("{name}/name")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give the checkpoint of a subscription that no application names any more another name",
            description = "The body is {\"name\": \"new-name\"}.")
    @APIResponse(responseCode = "204", description = "It has the new name")
    @APIResponse(responseCode = "400", description = "The body is not that")
    @APIResponse(responseCode = "409", description = "An application names it, or the new name is taken")
    public Response rename(@PathParam("name") String name, InputStream content, @Context SecurityContext caller) {
        String next = JsonObject.one(body.text(content), Set.of("name")).text("name");
        subscriptions.rename(name, next);
        audit.note("subscription-renamed", name, caller, json -> json.writeStringField("name", next));
        return Response.noContent().build();
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary =
                    "Delete the checkpoint and the parked events of a subscription that no application names any more")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "409", description = "An application names it")
    public Response delete(@PathParam("name") String name, @Context SecurityContext caller) {
        subscriptions.delete(name);
        audit.note("subscription-deleted", name, caller, NOTHING_MORE);
        return Response.noContent().build();
    }
}
