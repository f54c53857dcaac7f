package org.meowmx.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The read model over HTTP. */
@Path("shipments")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class ShipmentResource {

    @Inject
    ShippingList shipments;

    @GET
    public List<Shipment> newest(@QueryParam("limit") @DefaultValue("100") int limit) {
        return shipments.newest(Math.max(1, Math.min(limit, 1_000)));
    }
}
