package org.meowmx.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meowmx.CategorySummary;
import org.meowmx.LogCatalog;
import org.meowmx.StreamSummary;
import org.meowmx.rest.answer.CategoriesAnswer;
import org.meowmx.rest.answer.StreamsAnswer;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Links;
import org.meowmx.rest.message.Parameters;
import org.meowmx.rest.message.Roles;
import org.meowmx.rest.mount.Mounted;

/** The categories of the log, and their streams. */
@Mounted
@Path(Mounted.ROOT)
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "streams")
public class CatalogResource {

    @Inject
    LogCatalog catalog;

    @GET
    @Path("categories")
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(
            summary =
                    "List the categories with their numbers of streams and events, and their last change; the numbers are estimates in large categories")
    @APIResponse(
            responseCode = "200",
            description = "One page of categories, by name",
            content = @Content(schema = @Schema(implementation = CategoriesAnswer.class)))
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule")
    public Response categories(
            @QueryParam("after") @DefaultValue("") @Parameter(description = "Only names after this one") String after,
            @QueryParam("limit") @DefaultValue("100") @Parameter(description = "1 to 1000") String limit,
            @Context UriInfo uri) {
        int most = Parameters.limit(limit);
        List<CategorySummary> found = catalog.categories(after, most);
        Response.ResponseBuilder answer = Response.ok(Json.answer(CategoriesAnswer.of(found)));
        if (found.size() == most) {
            answer.header("Link", Links.next(uri, "after", found.get(most - 1).category()));
        }
        return answer.build();
    }

    @GET
    @Path("streams")
    @RolesAllowed({Roles.READER, Roles.WRITER, Roles.OPERATOR})
    @Operation(summary = "List the streams of a category with their version and last change")
    @APIResponse(
            responseCode = "200",
            description = "One page of streams, by id",
            content = @Content(schema = @Schema(implementation = StreamsAnswer.class)))
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule, or the category is missing")
    public Response streams(
            @QueryParam("category") @DefaultValue("") @Parameter(required = true) String category,
            @QueryParam("prefix") @DefaultValue("") @Parameter(description = "Only ids that begin with this")
                    String prefix,
            @QueryParam("after") @DefaultValue("") @Parameter(description = "Only ids after this one") String after,
            @QueryParam("limit") @DefaultValue("100") @Parameter(description = "1 to 1000") String limit,
            @Context UriInfo uri) {
        if (category.isBlank()) {
            throw Parameters.invalid("category", "is missing");
        }
        int most = Parameters.limit(limit);
        List<StreamSummary> found = catalog.streams(category, prefix, after, most);
        Response.ResponseBuilder answer = Response.ok(Json.answer(StreamsAnswer.of(found)));
        if (found.size() == most) {
            answer.header(
                    "Link",
                    Links.next(uri, "after", found.get(most - 1).stream().id()));
        }
        return answer.build();
    }
}
