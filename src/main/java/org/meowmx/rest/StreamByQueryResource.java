package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;

/**
 * One stream, named by the query: for ids that a browser or a proxy changes in a path. The documentation of its operations is that
 * of {@link StreamResource}.
 */
@Mounted
@Path(Mounted.ROOT + StreamByQueryResource.PATH)
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "streams")
public class StreamByQueryResource {

    static final String PATH = "stream";

    @Inject
    EventStore events;

    @Inject
    Settings settings;

    @POST
    @RolesAllowed(Roles.WRITER)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response append(
            @BeanParam StreamInQuery query,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Context UriInfo uri,
            InputStream content) {
        return new StreamOperations(events, settings).append(query.stream(), ifMatch, ifNoneMatch, uri, content);
    }

    @GET
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    public Response read(
            @BeanParam StreamInQuery query,
            @BeanParam RangeParameters part,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Context UriInfo uri) {
        return new StreamOperations(events, settings).read(query.stream(), part.range(), ifNoneMatch, uri);
    }
}
