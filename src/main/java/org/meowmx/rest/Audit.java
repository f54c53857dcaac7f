package org.meowmx.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

/**
 * Notes in the log what operators did, and who it was: a stream for each subscription, in the category {@value #CATEGORY}.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
class Audit {

    static final String CATEGORY = "meowmx-operation";

    /** @throws ProblemException when a stream is of this category, whose events nobody else may write */
    static void refuse(StreamId stream) {
        if (stream.category().equals(CATEGORY)) {
            throw Problem.of(ProblemType.FORBIDDEN, "The category " + CATEGORY + " tells what operators did")
                    .asException();
        }
    }

    @Inject
    EventStore events;

    /**
     * @param action what was done, as an event type
     * @param facts further fields of the event's data
     */
    void note(String action, String subscription, SecurityContext caller, Json.Content facts) {
        byte[] data = Json.object(json -> {
            json.writeStringField("operator", name(caller.getUserPrincipal()));
            facts.write(json);
        });
        events.append(
                StreamId.of(CATEGORY, subscription),
                ExpectedVersion.any(),
                NewEvent.of(action, new String(data, StandardCharsets.UTF_8)));
    }

    private static @Nullable String name(@Nullable Principal caller) {
        return caller == null ? null : caller.getName();
    }
}
