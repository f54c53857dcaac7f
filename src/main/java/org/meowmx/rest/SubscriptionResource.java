package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.EventStore;
import org.meowmx.StreamId;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.answer.HandledAnswer;
import org.meowmx.rest.answer.MovedAnswer;
import org.meowmx.rest.answer.PendingAnswer;
import org.meowmx.rest.answer.ReachedAnswer;
import org.meowmx.rest.answer.ReplayAnswer;
import org.meowmx.rest.answer.SubscriptionAnswer;
import org.meowmx.rest.answer.SubscriptionsAnswer;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Body;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.JsonObject;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;
import org.meowmx.rest.worker.DeclarationRequest;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.subscription.UnknownSubscriptionException;
import org.meowmx.subscription.lease.ExternalSubscription;
import org.meowmx.subscription.lease.Leases;

/** Subscriptions: their status, and the actions of operators. Each action is recorded in the audit log. */
@Mounted
@Path(Mounted.ROOT + "subscriptions")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "subscriptions")
@APIResponse(responseCode = "404", description = "Subscription not found")
public class SubscriptionResource {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int MOST_WAITS = 10;

    private final Semaphore waits = new Semaphore(MOST_WAITS);

    @Inject
    Subscriptions subscriptions;

    @Inject
    Leases leases;

    @Inject
    Settings settings;

    @Inject
    EventStore events;

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(summary = "List all subscriptions by name, and the checkpoints that no application declares any more")
    @APIResponse(
            responseCode = "200",
            description = "The subscriptions",
            content = @Content(schema = @Schema(implementation = SubscriptionsAnswer.class)))
    public Response list() {
        List<SubscriptionStatus> all = subscriptions.list();
        return ok(SubscriptionsAnswer.of(all));
    }

    @GET
    @Path("{name}")
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(summary = "Read the status of a subscription")
    @APIResponse(
            responseCode = "200",
            description = "State, segments, lag and last failures",
            content = @Content(schema = @Schema(implementation = SubscriptionAnswer.class)))
    public Response status(@PathParam("name") String name) {
        SubscriptionStatus status = subscriptions.status(name);
        return ok(SubscriptionAnswer.of(status));
    }

    @PUT
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Declare an external subscription, whose events workers in any language handle, or change it",
            description =
                    "The body has these fields, each of which may be left out: {\"category\": \"order\", \"types\": "
                            + "[\"order-placed\"], \"start\": \"beginning\", \"segments\": 1, \"onFailure\": \"block\", "
                            + "\"maxAttempts\": 10, \"retryDelay\": \"PT1S\", \"maxRetryDelay\": \"PT1M\"}. start is beginning, "
                            + "now, a position or a time. start and segments count only when the subscription is created. "
                            + "onFailure is block or park.")
    @APIResponse(
            responseCode = "200",
            description = "The declaration was changed; the status of the subscription",
            content = @Content(schema = @Schema(implementation = SubscriptionAnswer.class)))
    @APIResponse(
            responseCode = "201",
            description = "The subscription was declared; its status",
            content = @Content(schema = @Schema(implementation = SubscriptionAnswer.class)))
    @APIResponse(responseCode = "400", description = "The name or the body breaks a rule")
    @APIResponse(
            responseCode = "409",
            description = "An observer declares the name, or it was renamed or deleted on purpose")
    public Response declare(@PathParam("name") String name, InputStream content, @Context SecurityContext caller) {
        String sent = Body.text(content, settings.get(Keys.MAX_BODY));
        ExternalSubscription declaration = DeclarationRequest.read(name, sent);
        AtomicBoolean first = new AtomicBoolean();
        action("subscription-declared", name, caller)
                .with(json -> {
                    json.writeFieldName("declaration");
                    json.writeRawValue(sent);
                })
                .run(() -> first.set(leases.declare(declaration)));
        SubscriptionStatus status = subscriptions.status(name);
        return Response.status(first.get() ? Response.Status.CREATED : Response.Status.OK)
                .entity(Json.answer(SubscriptionAnswer.of(status)))
                .build();
    }

    @GET
    @Path("{name}/reached")
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(summary = "Wait until a subscription has handled everything up to a position, to read your own writes")
    @APIResponse(
            responseCode = "200",
            description = "Whether the subscription reached the position in time",
            content = @Content(schema = @Schema(implementation = ReachedAnswer.class)))
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule")
    public Response reached(
            @PathParam("name") String name,
            @QueryParam("position") @DefaultValue("") @Parameter(required = true) String position,
            @QueryParam("timeout") @DefaultValue("PT5S") @Parameter(description = "An ISO-8601 duration up to PT30S")
                    String timeout) {
        long upTo = Parameters.number("position", position, 0, Long.MAX_VALUE);
        Duration limit = Parameters.duration("timeout", timeout, LONGEST_WAIT);
        boolean reached = waiting(() -> subscriptions.await(name, upTo, limit));
        return ok(new ReachedAnswer(reached));
    }

    /** Waits in the thread of the request. A limit keeps threads free for other requests. */
    private boolean waiting(BooleanSupplier wait) {
        if (!waits.tryAcquire()) {
            throw new ProblemException(Problem.of(
                    ProblemType.UNAVAILABLE, MOST_WAITS + " requests already wait for a subscription; try again"));
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
    @Operation(summary = "Pause a subscription: running turns end, and no further turn starts")
    @APIResponse(
            responseCode = "200",
            description = "The status of the subscription",
            content = @Content(schema = @Schema(implementation = SubscriptionAnswer.class)))
    public Response pause(@PathParam("name") String name, @Context SecurityContext caller) {
        action("subscription-paused", name, caller).run(() -> subscriptions.pause(name));
        return status(name);
    }

    @POST
    @Path("{name}/resume")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Resume a paused subscription, and retry at once what had failed")
    @APIResponse(
            responseCode = "200",
            description = "The status of the subscription",
            content = @Content(schema = @Schema(implementation = SubscriptionAnswer.class)))
    @APIResponse(
            responseCode = "204",
            description = "The name was renamed or deleted, and is allowed again; it has no checkpoint yet")
    public Response resume(@PathParam("name") String name, @Context SecurityContext caller) {
        action("subscription-resumed", name, caller).run(() -> subscriptions.resume(name));
        try {
            return status(name);
        } catch (UnknownSubscriptionException e) {
            return Response.noContent().build();
        }
    }

    @GET
    @Path("{name}/replay")
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(summary = "Read what a replay or a change of the position would do")
    @APIResponse(
            responseCode = "200",
            description = "Up to which position live effects have happened, the observers that are not called again, "
                    + "whether events that handlers append again are recognised, and how many of them this node has "
                    + "recognised since it started",
            content = @Content(schema = @Schema(implementation = ReplayAnswer.class)))
    public Response replayEffects(@PathParam("name") String name) {
        return ok(ReplayAnswer.of(subscriptions.replayEffects(name)));
    }

    @POST
    @Path("{name}/replay")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Replay the log from the beginning; parked events are discarded")
    @APIResponse(
            responseCode = "200",
            description = "The number of discarded events, and the status of the subscription",
            content = @Content(schema = @Schema(implementation = MovedAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "Another node has to carry it out, and has not done so yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    public Response replay(@PathParam("name") String name, @Context SecurityContext caller) {
        OperatorAction action = action("subscription-replayed", name, caller);
        return moved(name, action.count("discarded", () -> subscriptions.replay(name)));
    }

    @POST
    @Path("{name}/position")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Move a paused subscription to another position; parked events are discarded",
            description =
                    "The body is one of {\"from\": \"beginning\"}, {\"from\": \"now\"}, {\"position\": 123}, which "
                            + "continues after this position, and {\"time\": \"2026-01-31T12:00:00Z\"}.")
    @APIResponse(
            responseCode = "200",
            description = "The number of discarded events, and the status of the subscription",
            content = @Content(schema = @Schema(implementation = MovedAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "Another node has to carry it out, and has not done so yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    @APIResponse(responseCode = "400", description = "The body breaks a rule")
    @APIResponse(responseCode = "409", description = "The subscription is not paused")
    public Response reposition(@PathParam("name") String name, InputStream content, @Context SecurityContext caller) {
        JsonObject sent = body(content, "from", "position", "time");
        ReadFrom target = target(sent);
        OperatorAction action =
                action("subscription-repositioned", name, caller).with(sent::write);
        return moved(name, action.count("discarded", () -> subscriptions.reposition(name, target)));
    }

    private static ReadFrom target(JsonObject sent) {
        if (sent.fields().size() != 1) {
            throw sent.invalid("", "must have one of from, position and time");
        }
        if (sent.has("position")) {
            return ReadFrom.after(sent.number("position", 0, Long.MAX_VALUE));
        }
        if (sent.has("time")) {
            return ReadFrom.time(sent.time("time"));
        }
        return switch (sent.string("from")) {
            case "beginning" -> ReadFrom.beginning();
            case "now" -> ReadFrom.now();
            default -> throw sent.invalid("/from", "must be beginning or now");
        };
    }

    private Response moved(String name, long discarded) {
        SubscriptionStatus status = subscriptions.status(name);
        return ok(new MovedAnswer(discarded, SubscriptionAnswer.of(status)));
    }

    @POST
    @Path("{name}/segments")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change the number of segments while the subscription runs",
            description =
                    "The body is {\"count\": 8}, from 1 to 1024. When segments are merged, the faster ones wait for the slower "
                            + "ones; until the merge is complete, wantedSegments differs from the number of segments.")
    @APIResponse(
            responseCode = "200",
            description = "The status of the subscription",
            content = @Content(schema = @Schema(implementation = SubscriptionAnswer.class)))
    @APIResponse(responseCode = "400", description = "The body breaks a rule")
    @APIResponse(responseCode = "409", description = "A segment is failing")
    public Response changeSegments(
            @PathParam("name") String name, InputStream content, @Context SecurityContext caller) {
        int count = (int) body(content, "count").number("count", 1, StreamId.SLICES);
        action("subscription-segments-changed", name, caller)
                .with(json -> json.writeNumberField("segments", count))
                .run(() -> subscriptions.changeSegments(name, count));
        return status(name);
    }

    @POST
    @Path("{name}/catch-up")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary =
                    "Handle everything up to the high-water mark before answering, even if the subscription is paused")
    @APIResponse(
            responseCode = "200",
            description = "The number of handled events",
            content = @Content(schema = @Schema(implementation = HandledAnswer.class)))
    @APIResponse(responseCode = "409", description = "A handler failed, or another worker is in a turn")
    public Response catchUp(@PathParam("name") String name, @Context SecurityContext caller) {
        return ok(new HandledAnswer(action("subscription-caught-up", name, caller)
                .callHandlers("handled", () -> subscriptions.catchUp(name))));
    }

    @POST
    @Path("{name}/name")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Rename an external subscription, or the checkpoint of one that no application declares any more",
            description = "The body is {\"name\": \"new-name\"}.")
    @APIResponse(responseCode = "204", description = "The checkpoint has the new name")
    @APIResponse(responseCode = "400", description = "The body breaks a rule")
    @APIResponse(
            responseCode = "409",
            description = "An application declares the subscription, or the new name is in use")
    public Response rename(@PathParam("name") String name, InputStream content, @Context SecurityContext caller) {
        String next = body(content, "name").string("name");
        action("subscription-renamed", name, caller)
                .with(json -> json.writeStringField("name", next))
                .run(() -> subscriptions.rename(name, next));
        return Response.noContent().build();
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary =
                    "Delete an external subscription, or the checkpoint and the parked events of one that no application declares any more")
    @APIResponse(responseCode = "204", description = "The checkpoint is deleted")
    @APIResponse(responseCode = "409", description = "An application declares the subscription")
    public Response delete(@PathParam("name") String name, @Context SecurityContext caller) {
        action("subscription-deleted", name, caller).run(() -> subscriptions.delete(name));
        return Response.noContent().build();
    }

    private static Response ok(Object answer) {
        return Response.ok(Json.answer(answer)).build();
    }

    private OperatorAction action(String type, String name, SecurityContext caller) {
        return new OperatorAction(new Audit(events), type, name, caller);
    }

    private JsonObject body(InputStream content, String... fields) {
        return JsonObject.one(Body.text(content, settings.get(Keys.MAX_BODY)), Set.of(fields));
    }
}
