package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.LogStatus;
import org.meowmx.rest.answer.StatusAnswer;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;
import org.meowmx.subscription.NodeStatus;
import org.meowmx.subscription.Subscriptions;

/** The status of the store. */
@Mounted
@Path(Mounted.ROOT + "status")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "log")
public class StatusResource {

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @Inject
    Subscriptions subscriptions;

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary =
                    "Read the last position, the high-water mark, the transactions that hold it back, the rate of events, and the nodes")
    @APIResponse(
            responseCode = "200",
            description = "The status",
            content = @Content(schema = @Schema(implementation = StatusAnswer.class)))
    public Response status() {
        UUID log = catalog.logId();
        double rate = catalog.eventsPerSecond();
        LogStatus status = events.status();
        List<NodeStatus> nodes = subscriptions.nodes();
        return Response.ok(Json.answer(StatusAnswer.of(log, status, rate, nodes)))
                .build();
    }
}
