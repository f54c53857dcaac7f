package org.meowmx.rest.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The configured limits of a request. */
@ApplicationScoped
public class RequestLimits {

    @Inject
    @ConfigProperty(name = "meowmx.rest.max-body", defaultValue = "33554432")
    int maxBody;

    @Inject
    @ConfigProperty(name = "meowmx.append.max-events", defaultValue = "10000")
    int maxEvents;

    /** The largest body, and the longest line of an import, in bytes. */
    public int maxBody() {
        return maxBody;
    }

    /** The largest number of events in one append. */
    public int maxEvents() {
        return maxEvents;
    }
}
