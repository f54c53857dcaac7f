package org.meowmx.rest;

import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.meowmx.rest.live.LiveResource;
import org.meowmx.rest.message.PendingMapper;
import org.meowmx.rest.message.ProblemMapper;
import org.meowmx.rest.message.RecoveryFilter;
import org.meowmx.rest.mount.RootFilter;
import org.meowmx.rest.transfer.ExportResource;
import org.meowmx.rest.transfer.ImportResource;
import org.meowmx.rest.worker.LeaseResource;

/**
 * The REST API. It has no {@code @ApplicationPath}, so that it is not published in an application that only has its jar. A servlet in
 * {@code web.xml} with the name of this class gives it a path; {@link Mount} does the rest.
 */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "meowmx",
                        version = "1",
                        description =
                                "An event store on PostgreSQL: append to streams, read and follow the log, operate "
                                        + "subscriptions. Errors are problem details (RFC 9457). A change requires the header "
                                        + "X-Requested-With, unless an HTML form cannot send its content type.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        security = @SecurityRequirement(name = "http"))
@SecurityScheme(
        securitySchemeName = "http",
        type = SecuritySchemeType.HTTP,
        scheme = "basic",
        description =
                "Users and roles come from the server's user registry. meowmx-reader may read. meowmx-writer may also "
                        + "append and import. meowmx-operator may read and control subscriptions. meowmx-worker may lease and "
                        + "acknowledge events of external subscriptions.")
public class ApiApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                CatalogResource.class,
                StreamResource.class,
                StreamByQueryResource.class,
                LogResource.class,
                LiveResource.class,
                ExportResource.class,
                ImportResource.class,
                StatusResource.class,
                SubscriptionResource.class,
                ParkedResource.class,
                ParkedByQueryResource.class,
                VersionResource.class,
                LeaseResource.class,
                RootFilter.class,
                AccessFilter.class,
                CsrfFilter.class,
                ControlCharacterFilter.class,
                GzipRequestFilter.class,
                GzipResponseInterceptor.class,
                PendingMapper.class,
                ProblemMapper.class,
                RecoveryFilter.class,
                RequestFilter.class);
    }
}
