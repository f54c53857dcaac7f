package org.meowmx.metadata;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.Metadata;
import org.meowmx.StartupException;
import org.meowmx.StreamAppend;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.PrincipalMode;
import org.meowmx.configuration.Settings;

/**
 * The name of the caller, if the application wants it with every append. The container's bean of type {@link Principal} knows
 * the caller, also in an EJB that is called without HTTP.
 */
@ApplicationScoped
@Priority(Integer.MAX_VALUE)
class CallerPrincipal implements MetadataContributor {

    /** WildFly's name for a caller that is not authenticated. */
    private static final String ANONYMOUS = "anonymous";

    /** Open Liberty's name for a caller that is not authenticated. */
    private static final String UNAUTHENTICATED = "UNAUTHENTICATED";

    @Inject
    Instance<Principal> principal;

    @Inject
    Settings settings;

    void start(@Observes Startup event) {
        if (isWanted() && !principal.isResolvable()) {
            throw new StartupException(List.of(
                    "meowmx.metadata.principal is always, but the container has %s beans of type java.security.Principal. Set it to request or never, or implement MetadataContributor"
                            .formatted(principal.isUnsatisfied() ? "no" : "several")));
        }
    }

    private boolean isWanted() {
        return settings.get(Keys.METADATA_PRINCIPAL) == PrincipalMode.ALWAYS;
    }

    @Override
    public Metadata contribute(StreamAppend append) {
        return isWanted() ? named(principal.get().getName()) : Metadata.none();
    }

    private static Metadata named(@Nullable String name) {
        return name == null || name.equals(ANONYMOUS) || name.equals(UNAUTHENTICATED)
                ? Metadata.none()
                : Metadata.of(Metadata.PRINCIPAL, name);
    }
}
