package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.EventStore;
import org.meowmx.projection.Projections;
import org.meowmx.rest.answer.PendingAnswer;
import org.meowmx.rest.answer.RetiredAnswer;
import org.meowmx.rest.answer.SubscriptionAnswer;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;
import org.meowmx.subscription.SubscriptionStatus;
import org.meowmx.subscription.Subscriptions;

/** The versions of a projection: which one serves, and the end of an old one. Each action is recorded in the audit log. */
@Mounted
@Path(Mounted.ROOT + "subscriptions/{name}/versions/{version}")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "subscriptions")
@APIResponse(responseCode = "400", description = "A parameter breaks a rule")
@APIResponse(responseCode = "404", description = "The version has no checkpoint")
public class VersionResource {

    @Inject
    Projections projections;

    @Inject
    Subscriptions subscriptions;

    @Inject
    EventStore events;

    @POST
    @Path("switch")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Make another version of a projection serve its readers",
            description =
                    "The name is that of the projection, without a version. The version first handles the events that it lacks, at "
                            + "most 1000, while the turns of both versions wait. Readers and writers do not wait.")
    @APIResponse(
            responseCode = "200",
            description = "The status of the version that serves now",
            content = @Content(schema = @Schema(implementation = SubscriptionAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "Another node has to carry it out, and has not done so yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    @APIResponse(
            responseCode = "409",
            description = "The state of one of the versions does not permit the switch, or an observer failed")
    public Response switchTo(
            @PathParam("name") String name,
            @PathParam("version") @Schema(implementation = Integer.class) String version,
            @QueryParam("evenIfFailing")
                    @DefaultValue("false")
                    @Parameter(description = "true to switch although the serving version fails or is paused")
                    String evenIfFailing,
            @Context SecurityContext caller) {
        int number = number(version);
        boolean forced = Parameters.flag("evenIfFailing", evenIfFailing);
        action("projection-switched", name, caller).callHandlers("version", () -> {
            if (forced) {
                projections.switchEvenIfFailing(name, number);
            } else {
                projections.switchTo(name, number);
            }
            return number;
        });
        return ok(SubscriptionAnswer.of(subscriptions.status(serving(name, number))));
    }

    @POST
    @Path("retire")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "End a version of a projection that does not serve",
            description =
                    "Deletes its checkpoints and its parked events. A node that still declares the version does not create it again.")
    @APIResponse(
            responseCode = "200",
            description = "What is left to do in the application",
            content = @Content(schema = @Schema(implementation = RetiredAnswer.class)))
    @APIResponse(responseCode = "409", description = "The version serves")
    public Response retire(
            @PathParam("name") String name,
            @PathParam("version") @Schema(implementation = Integer.class) String version,
            @Context SecurityContext caller) {
        int number = number(version);
        String detail = action("projection-retired", name, caller)
                .with(json -> json.writeNumberField("version", number))
                .get(() -> projections.retire(name, number));
        return ok(new RetiredAnswer(name, number, detail));
    }

    /** The subscription of the version that serves. */
    private String serving(String projection, int version) {
        return subscriptions.list().stream()
                .filter(status -> status.version() != null
                        && status.version().projection().equals(projection)
                        && status.version().number() == version)
                .map(SubscriptionStatus::name)
                .findFirst()
                .orElse(projection);
    }

    private static int number(String version) {
        return (int) Parameters.number("version", version, 1, Integer.MAX_VALUE);
    }

    private static Response ok(Object answer) {
        return Response.ok(Json.answer(answer)).build();
    }

    private OperatorAction action(String type, String name, SecurityContext caller) {
        return new OperatorAction(new Audit(events), type, name, caller);
    }
}
