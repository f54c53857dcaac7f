package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.EventStore;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;
import org.meowmx.subscription.Subscriptions;

/**
 * A parked stream, named by the query: for ids that a browser or a proxy changes in a path. The documentation of its operations
 * is that of {@link ParkedResource}.
 */
@Mounted
@Path(Mounted.ROOT + ParkedByQueryResource.PATH)
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "subscriptions")
public class ParkedByQueryResource {

    static final String PATH = "parked-stream";

    @Inject
    Subscriptions subscriptions;

    @Inject
    EventStore events;

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    public Response read(
            @QueryParam("subscription") @DefaultValue("") @Parameter(required = true) String name,
            @BeanParam StreamInQuery query) {
        return operations().read(name, query.stream());
    }

    @POST
    @Path("retry")
    @RolesAllowed(Roles.OPERATOR)
    public Response retry(
            @QueryParam("subscription") @DefaultValue("") @Parameter(required = true) String name,
            @BeanParam StreamInQuery query,
            @Context SecurityContext caller) {
        return operations().retry(name, query.stream(), caller);
    }

    @POST
    @Path("skip")
    @RolesAllowed(Roles.OPERATOR)
    public Response skip(
            @QueryParam("subscription") @DefaultValue("") @Parameter(required = true) String name,
            @BeanParam StreamInQuery query,
            @Context SecurityContext caller) {
        return operations().skip(name, query.stream(), caller);
    }

    @POST
    @Path("discard")
    @RolesAllowed(Roles.OPERATOR)
    public Response discard(
            @QueryParam("subscription") @DefaultValue("") @Parameter(required = true) String name,
            @BeanParam StreamInQuery query,
            @Context SecurityContext caller) {
        return operations().discard(name, query.stream(), caller);
    }

    private ParkedOperations operations() {
        return new ParkedOperations(subscriptions, events);
    }
}
