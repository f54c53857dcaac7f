package org.meowmx.metadata;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meowmx.Metadata;
import org.meowmx.StartupException;
import org.meowmx.StreamAppend;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.PrincipalMode;
import org.meowmx.configuration.Settings;
import org.meowmx.transaction.HandlerThread;

/**
 * Adds the name of the caller to every append, if the application has configured it. The container's bean of type {@link Principal}
 * knows the caller, also in an EJB that is called without HTTP.
 */
@ApplicationScoped
@Priority(Integer.MAX_VALUE)
class CallerPrincipal implements MetadataContributor {

    private static final Logger LOG = System.getLogger(CallerPrincipal.class.getName());

    /** WildFly's name for a caller that is not authenticated. */
    private static final String ANONYMOUS = "anonymous";

    /** Open Liberty's name for a caller that is not authenticated. */
    private static final String UNAUTHENTICATED = "UNAUTHENTICATED";

    @Inject
    Instance<Principal> principal;

    @Inject
    Settings settings;

    @Inject
    HandlerThread handlers;

    /** A container without security, such as that of a unit test, has no such bean, and no caller either. */
    void start(@Observes Startup event) {
        if (isWanted() && principal.isAmbiguous()) {
            throw new StartupException(
                    List.of(
                            "meowmx.metadata.principal is always, but the application has several beans of type java.security.Principal. Set it to request or never, and implement MetadataContributor."));
        }
        if (isWanted() && principal.isUnsatisfied()) {
            LOG.log(
                    Level.WARNING,
                    "meowmx.metadata.principal is always, but the container has no bean of type java.security.Principal. Events get no principal");
        }
    }

    private boolean isWanted() {
        return settings.get(Keys.METADATA_PRINCIPAL) == PrincipalMode.ALWAYS;
    }

    @Override
    public Metadata contribute(StreamAppend append) {
        return isWanted() && !handlers.isCurrent() && principal.isResolvable()
                ? named(principal.get().getName())
                : Metadata.none();
    }

    private static Metadata named(@Nullable String name) {
        return name == null || name.equals(ANONYMOUS) || name.equals(UNAUTHENTICATED)
                ? Metadata.none()
                : Metadata.of(Metadata.PRINCIPAL, name);
    }
}
