package org.meowmx.rest.worker;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.Names;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.metadata.TraceContext;
import org.meowmx.rest.answer.ExtendedAnswer;
import org.meowmx.rest.answer.LeaseAnswer;
import org.meowmx.rest.message.Body;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.JsonObject;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;
import org.meowmx.subscription.lease.Lease;
import org.meowmx.subscription.lease.LeaseRequest;
import org.meowmx.subscription.lease.Leases;

/** The leases of external subscriptions: workers in any language receive pages of events, and acknowledge them. */
@Mounted
@Path(Mounted.ROOT + "subscriptions/{name}/leases")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "workers")
@APIResponse(responseCode = "400", description = "The body breaks a rule")
@APIResponse(responseCode = "404", description = "No external subscription has this name")
public class LeaseResource {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int MAX = 100;
    private static final Duration DURATION = Duration.ofSeconds(30);

    /** If a request has no answer this long after the end of its wait, the server ends it. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Inject
    Leases leases;

    @Inject
    WaitingWorkers waiting;

    @Inject
    Settings settings;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WORKER)
    @Operation(
            summary = "Lease the next page of a segment",
            description =
                    "The body is {\"max\": 100, \"duration\": \"PT30S\", \"wait\": \"PT20S\", \"worker\": \"mailer-1\"}; every field "
                            + "may be left out. max is the largest number of events, 1 to 1000. duration is how long the worker may take, "
                            + "PT1S to PT1H. wait is how long the request waits for an event, up to PT30S; without it, it does not wait. "
                            + "worker is a name for people; without it, the name of the caller is used.")
    @APIResponse(
            responseCode = "200",
            description = "A page of events with its lease",
            content = @Content(schema = @Schema(implementation = LeaseAnswer.class)))
    @APIResponse(responseCode = "204", description = "There was nothing to lease during the wait")
    public void lease(
            @PathParam("name") String name,
            InputStream content,
            @Context SecurityContext caller,
            @Context HttpServletRequest connection,
            @Suspended AsyncResponse answer) {
        JsonObject sent = body(content, "max", "duration", "wait", "worker");
        LeaseRequest request = new LeaseRequest(
                sent.has("max") ? (int) sent.number("max", 1, LeaseRequest.MOST_EVENTS) : MAX,
                sent.has("duration") ? duration(sent) : DURATION,
                sent.has("worker") ? sent.name("worker") : callerOf(caller));
        Duration wait = sent.has("wait") ? sent.duration("wait", Duration.ZERO, LONGEST_WAIT) : Duration.ZERO;
        WaitingWorker worker = waiting.begin(name, request, wait, new Reply.Http(answer));
        boolean follows = !wait.isZero() && waiting.isAwaited(name);
        Optional<Lease> lease = follows ? Optional.empty() : leases.lease(name, request);
        if (lease.isPresent()) {
            worker.offer(lease.get());
        } else if (wait.isZero()) {
            worker.sendNothing();
        } else {
            connection.getAsyncContext().setTimeout(wait.plus(GRACE).toMillis());
            waiting.add(worker);
        }
        TraceContext.detach();
    }

    /** The name of the caller, which is used for a worker without a name. It can be longer than the limit for names. */
    private static String callerOf(SecurityContext context) {
        String caller = context.getUserPrincipal().getName();
        return caller.length() <= Names.MAX_LENGTH ? caller : Names.abridged(caller);
    }

    @POST
    @Path("{lease}/ack")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WORKER)
    @Operation(
            summary = "Acknowledge the events of a lease",
            description =
                    "The body is {} for all events, or {\"position\": 123} for those up to a position. The lease ends when its last "
                            + "event is acknowledged.")
    @APIResponse(responseCode = "204", description = "The events are acknowledged")
    @APIResponse(responseCode = "409", description = "The lease has ended; nothing was changed")
    public Response acknowledge(@PathParam("name") String name, @PathParam("lease") String lease, InputStream content) {
        UUID id = Parameters.uuid("lease", lease);
        JsonObject sent = body(content, "position");
        // null is not a position: a worker that has lost its position must not acknowledge the whole page
        if (sent.json("position") != null) {
            long position = sent.number("position", 0, Long.MAX_VALUE);
            checked(sent, "position", () -> leases.acknowledge(name, id, position));
        } else {
            leases.acknowledge(name, id);
        }
        waiting.wake();
        return Response.noContent().build();
    }

    @POST
    @Path("{lease}/extend")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WORKER)
    @Operation(
            summary = "Let a lease expire later",
            description =
                    "The body is {\"duration\": \"PT30S\"}: the lease expires after this time from now, PT1S to PT1H. {} is 30 seconds.")
    @APIResponse(
            responseCode = "200",
            description = "When the lease expires",
            content = @Content(schema = @Schema(implementation = ExtendedAnswer.class)))
    @APIResponse(responseCode = "409", description = "The lease has ended; nothing was changed")
    public Response extend(@PathParam("name") String name, @PathParam("lease") String lease, InputStream content) {
        UUID id = Parameters.uuid("lease", lease);
        JsonObject sent = body(content, "duration");
        Duration duration = sent.has("duration") ? duration(sent) : DURATION;
        return Response.ok(Json.answer(new ExtendedAnswer(leases.extend(name, id, duration))))
                .build();
    }

    @POST
    @Path("{lease}/fail")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WORKER)
    @Operation(
            summary = "Report that an event of a lease failed",
            description =
                    "The body is {\"position\": 123, \"message\": \"no such customer\"}. The events before it are acknowledged, an "
                            + "attempt of it is counted, and the lease ends. The event is retried later, or its stream is parked.")
    @APIResponse(responseCode = "204", description = "The failure is recorded")
    @APIResponse(responseCode = "409", description = "The lease has ended; nothing was changed")
    public Response fail(@PathParam("name") String name, @PathParam("lease") String lease, InputStream content) {
        UUID id = Parameters.uuid("lease", lease);
        JsonObject sent = body(content, "position", "message");
        long position = sent.number("position", 0, Long.MAX_VALUE);
        String message = sent.string("message");
        if (message.isBlank()) {
            throw sent.invalid("/message", "must not be blank");
        }
        checked(sent, "position", () -> leases.fail(name, id, position, message));
        waiting.wake();
        return Response.noContent().build();
    }

    private static Duration duration(JsonObject sent) {
        return sent.duration("duration", LeaseRequest.SHORTEST, LeaseRequest.LONGEST);
    }

    /** The library's message names the argument; the answer must name the field. */
    private static void checked(JsonObject sent, String field, Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            throw sent.invalid("/" + field, String.valueOf(e.getMessage()).replaceFirst("^" + field + " ", ""));
        }
    }

    private JsonObject body(InputStream content, String... fields) {
        return JsonObject.one(Body.text(content, settings.get(Keys.MAX_BODY)), Set.of(fields));
    }
}
