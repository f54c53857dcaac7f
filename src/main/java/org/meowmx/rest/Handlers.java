package org.meowmx.rest;

import jakarta.ws.rs.core.Response;
import java.util.function.LongSupplier;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.subscription.SubscriptionBusyException;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.subscription.UnknownSubscriptionException;

/** Calls into the handlers of a subscription for an operator, who learns of their failures. */
final class Handlers {

    private Handlers() {}

    static long call(LongSupplier work) {
        try {
            return work.getAsLong();
        } catch (SubscriptionBusyException | SubscriptionConflictException | UnknownSubscriptionException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw Problem.of(ProblemType.HANDLER_FAILED, e.toString()).asException();
        }
    }

    /** An answer of one number. */
    static Response answer(String name, long number) {
        return Response.ok(Json.object(json -> json.writeNumberField(name, number)))
                .build();
    }
}
