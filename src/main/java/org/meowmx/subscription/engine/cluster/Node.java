package org.meowmx.subscription.engine.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;

/** Who this application instance is among those that share the database. */
@ApplicationScoped
public class Node {

    private static final String RELEASE =
            ResourceBundle.getBundle("org.meowmx.release").getString("version");

    @Inject
    Settings settings;

    @Inject
    @ConfigProperty(name = "HOSTNAME")
    Optional<String> host;

    private final UUID instance = UUID.randomUUID();

    /** New with each start, and never shared with another, however nodes are named. */
    UUID instance() {
        return instance;
    }

    /** The version of this library. */
    String release() {
        return RELEASE;
    }

    /** The configured name, or the host's with a suffix that is new with each start. */
    public String name() {
        return settings.get(Keys.NODE)
                .orElseGet(() -> host.orElse("node") + "-" + instance.toString().substring(0, 8));
    }
}
