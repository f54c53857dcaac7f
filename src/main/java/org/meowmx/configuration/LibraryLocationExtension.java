package org.meowmx.configuration;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;
import org.meowmx.StartupException;

/**
 * Refuses the deployment if the library is in the wrong place.
 *
 * <p>It does so before bean discovery. At the start of the beans it would be too late: WildFly would keep the web modules and health
 * checks of an application that failed while the server started, and Open Liberty would not log the reason.
 */
public class LibraryLocationExtension implements Extension {

    /** @throws StartupException if the library cannot start where it is */
    void refuseWrongLocation(@Observes BeforeBeanDiscovery event) {
        List<String> problems = LibraryLocation.problems(LibraryLocation.current());
        if (!problems.isEmpty()) {
            throw new StartupException(problems);
        }
    }
}
