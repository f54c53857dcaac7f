package org.meowmx.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.LogStatus;
import org.meowmx.OpenAppend;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Roles;
import org.meowmx.subscription.NodeStatus;
import org.meowmx.subscription.Subscriptions;

/** The status of the store. */
@Path("status")
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
    @APIResponse(responseCode = "200", description = "The status")
    public Response status() {
        UUID log = catalog.logId();
        double rate = catalog.eventsPerSecond();
        LogStatus status = events.status();
        List<NodeStatus> nodes = subscriptions.nodes();
        return Response.ok(Json.object(json -> {
                    Json.text(json, "log", log);
                    json.writeNumberField("lastPosition", status.lastPosition());
                    json.writeNumberField("highWaterMark", status.highWaterMark());
                    json.writeNumberField("eventsPerSecond", rate);
                    Json.list(json, "holders", status.openAppends(), StatusResource::write);
                    Json.list(json, "nodes", nodes, StatusResource::write);
                    Json.time(json, "now", Instant.now());
                }))
                .build();
    }

    private static void write(JsonGenerator json, OpenAppend holder) throws IOException {
        json.writeStartObject();
        json.writeNumberField("fence", holder.fence());
        json.writeObjectField("pid", holder.pid());
        json.writeStringField("application", holder.application());
        Json.text(json, "since", holder.since());
        Json.text(json, "gid", holder.gid());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, NodeStatus node) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", node.name());
        json.writeStringField("release", node.release());
        Json.time(json, "startedAt", node.startedAt());
        Json.time(json, "seenAt", node.seenAt());
        json.writeBooleanField("alive", node.alive());
        json.writeEndObject();
    }
}
