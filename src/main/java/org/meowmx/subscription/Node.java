package org.meowmx.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The name of this application instance among those that share the database. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Node {

    @Inject
    @ConfigProperty(name = "meowmx.node")
    Optional<String> configured;

    @Inject
    @ConfigProperty(name = "HOSTNAME")
    Optional<String> host;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    /** The configured name, or the host's with a suffix that is new with each start. */
    String name() {
        return configured.orElseGet(() -> host.orElse("node") + "-" + suffix);
    }
}
