package org.meowmx.subscription.engine.cluster;

import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;

/** The identity of this application instance among those that share the database. */
public final class Node {

    private static final String RELEASE =
            ResourceBundle.getBundle("org.meowmx.release").getString("version");

    private final UUID instance = UUID.randomUUID();
    private final String name;

    /**
     * @param configured the configured name of the node
     * @param application the name of the application
     * @param host the name of the host
     */
    public Node(Optional<String> configured, Optional<String> application, Optional<String> host) {
        this.name =
                configured.orElseGet(() -> application.map(name -> name + "@").orElse("") + host.orElse("node") + "-"
                        + instance.toString().substring(0, 8));
    }

    /** Unique for each start, even if two nodes have the same name. */
    UUID instance() {
        return instance;
    }

    /** The version of this library. */
    String release() {
        return RELEASE;
    }

    /** The configured name, or the names of application and host with a suffix that changes with each start. */
    public String name() {
        return name;
    }
}
