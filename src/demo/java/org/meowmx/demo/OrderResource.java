package org.meowmx.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.math.BigDecimal;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStream;

/** Orders over HTTP. */
@Path("orders")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class OrderResource {

    private static final Jsonb JSON = JsonbBuilder.create();

    /** The body of a request that places an order. */
    public static class NewOrder {
        public @Nullable String customer;
        public @Nullable BigDecimal total;
    }

    @Inject
    Orders orders;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response place(String body) {
        NewOrder order;
        try {
            order = JSON.fromJson(body, NewOrder.class);
        } catch (JsonbException e) {
            return problem(Response.Status.BAD_REQUEST, "the body is not the JSON that is asked for");
        }
        if (order == null || order.customer == null || order.customer.isBlank() || order.total == null) {
            return problem(Response.Status.BAD_REQUEST, "an order needs a customer and a total");
        }
        UUID id = orders.place(order.customer, order.total);
        return Response.created(UriBuilder.fromResource(OrderResource.class)
                        .path("{id}")
                        .build(id))
                .build();
    }

    @POST
    @Path("{id}/shipment")
    public Response ship(@PathParam("id") UUID id) {
        try {
            orders.ship(id);
            return Response.noContent().build();
        } catch (IllegalStateException e) {
            return problem(Response.Status.CONFLICT, e.getMessage());
        } catch (NoSuchElementException e) {
            return problem(Response.Status.NOT_FOUND, e.getMessage());
        }
    }

    @GET
    @Path("{id}")
    public Response order(@PathParam("id") UUID id) {
        try {
            EventStream history = orders.history(id);
            return Response.ok(OrderView.of(history)).build();
        } catch (NoSuchElementException e) {
            return problem(Response.Status.NOT_FOUND, e.getMessage());
        }
    }

    private static Response problem(Response.Status status, @Nullable String detail) {
        return Response.status(status)
                .type("application/problem+json")
                .entity("{\"status\":%d,\"title\":\"%s\"}".formatted(status.getStatusCode(), detail))
                .build();
    }
}
