package org.meowmx.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;

/** The customers' credit limits over HTTP: the body is the number. */
@Path("credit-limits")
@RequestScoped
@SuppressWarnings("NullAway.Init")
public class CreditLimitResource {

    @Inject
    CreditLimits limits;

    @PUT
    @Path("{customer}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response set(@PathParam("customer") String customer, String body) {
        try {
            limits.set(customer, new BigDecimal(body.strip()));
            return Response.noContent().build();
        } catch (NumberFormatException e) {
            return Response.status(Response.Status.BAD_REQUEST)
                    .type("application/problem+json")
                    .entity("{\"status\":400,\"title\":\"the limit must be a number\"}")
                    .build();
        }
    }
}
