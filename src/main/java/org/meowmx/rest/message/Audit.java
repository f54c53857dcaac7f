package org.meowmx.rest.message;

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
public class Audit {

    static final String CATEGORY = "meowmx-operation";

    /**
     * Refuses an append to the audit category, which the server alone writes.
     *
     * @throws ProblemException when the stream is of this category
     */
    public static void requireNotAudit(StreamId stream) {
        if (stream.category().equals(CATEGORY)) {
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "Only the server writes the category " + CATEGORY + ", the audit log of operators")
                    .asException();
        }
    }

    @Inject
    EventStore events;

    /**
     * Records what an operator did, as an event in the audit stream of the subscription.
     *
     * @param action what was done, as an event type
     * @param facts further fields of the event's data
     */
    public void note(String action, String subscription, SecurityContext caller, Json.Content facts) {
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
