package org.meowmx.rest.message;

import jakarta.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

/**
 * The audit log: the actions of operators on subscriptions. It is a part of the event log: the category {@value #CATEGORY} has a stream
 * for each subscription.
 */
public final class Audit {

    static final String CATEGORY = "meowmx-operation";

    private final EventStore events;

    public Audit(EventStore events) {
        this.events = events;
    }

    /**
     * Refuses an append to the audit log, which only the server writes.
     *
     * @throws ProblemException if the stream is in the category of the audit log
     */
    public static void requireNotAudit(StreamId stream) {
        if (stream.category().equals(CATEGORY)) {
            throw new ProblemException(Problem.of(
                    ProblemType.FORBIDDEN,
                    "Only the server writes to the category " + CATEGORY + ", the audit log of operators"));
        }
    }

    /**
     * Records an action of an operator.
     *
     * @param action the event type
     * @param facts the fields of the event's data, in addition to the name of the operator
     */
    public void record(String action, String subscription, SecurityContext caller, Json.Content facts) {
        byte[] data = Json.object(json -> {
            json.writeStringField("operator", name(caller.getUserPrincipal()));
            facts.write(json);
        });
        events.append(
                StreamId.of(CATEGORY, subscription),
                ExpectedVersion.any(),
                // a random id, because a repeated request is another action, whatever its Idempotency-Key
                NewEvent.of(action, new String(data, StandardCharsets.UTF_8)).withId(UUID.randomUUID()));
    }

    private static @Nullable String name(@Nullable Principal caller) {
        return caller == null ? null : caller.getName();
    }
}
