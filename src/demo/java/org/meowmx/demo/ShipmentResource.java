package org.meowmx.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.meowmx.projection.Projections;

/** The read model over HTTP, in the version that serves. */
@Path("shipments")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class ShipmentResource {

    @Inject
    Projections projections;

    @Inject
    ShippingList shipments;

    @Inject
    CustomerShippingList customerShipments;

    @GET
    @Transactional
    public List<?> newest(@QueryParam("limit") @DefaultValue("100") int limit) {
        int rows = Math.max(1, Math.min(limit, 1_000));
        return projections.serving("shipping-list") == 1 ? shipments.newest(rows) : customerShipments.newest(rows);
    }
}
