package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.stream.Collectors;

@Path("orders")
@ApplicationScoped
@Produces("text/plain")
public class OrderResource {

    @Inject
    Orders orders;

    @Inject
    Payments payments;

    @POST
    @Path("{id}")
    public void place(
            @PathParam("id") UUID id, @QueryParam("customer") String customer, @QueryParam("total") BigDecimal total) {
        orders.place(id, customer, total);
    }

    @POST
    @Path("{id}/payment")
    public void pay(@PathParam("id") UUID id, @QueryParam("amount") BigDecimal amount) {
        payments.pay(id, amount);
    }

    @POST
    @Path("{id}/shipment")
    public void ship(@PathParam("id") UUID id) {
        orders.ship(id);
    }

    @GET
    @Path("{id}")
    public String history(@PathParam("id") UUID id) {
        return orders.history(id).stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}
