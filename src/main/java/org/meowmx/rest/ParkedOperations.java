package org.meowmx.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.meowmx.EventStore;
import org.meowmx.StreamId;
import org.meowmx.rest.answer.DiscardedAnswer;
import org.meowmx.rest.answer.HandledAnswer;
import org.meowmx.rest.answer.ParkedAnswer;
import org.meowmx.rest.message.Audit;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemException;
import org.meowmx.rest.message.ProblemType;
import org.meowmx.subscription.ParkedStream;
import org.meowmx.subscription.Subscriptions;

/** The operations on a parked stream, for both forms of its address. */
final class ParkedOperations {

    private final Subscriptions subscriptions;
    private final EventStore events;

    ParkedOperations(Subscriptions subscriptions, EventStore events) {
        this.subscriptions = subscriptions;
        this.events = events;
    }

    Response read(String name, StreamId stream) {
        ParkedStream parked = subscriptions
                .parked(name, stream)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemType.NOT_FOUND, "No event of the stream %s is parked".formatted(stream))));
        return ok(ParkedAnswer.of(parked));
    }

    Response retry(String name, StreamId stream, SecurityContext caller) {
        return ok(new HandledAnswer(action("parked-stream-retried", name, stream, caller)
                .callHandlers("handled", () -> subscriptions.retryParked(name, stream))));
    }

    Response skip(String name, StreamId stream, SecurityContext caller) {
        return ok(new HandledAnswer(action("parked-event-skipped", name, stream, caller)
                .callHandlers("handled", () -> subscriptions.skipParked(name, stream))));
    }

    Response discard(String name, StreamId stream, SecurityContext caller) {
        return ok(new DiscardedAnswer(action("parked-stream-discarded", name, stream, caller)
                .callHandlers("discarded", () -> subscriptions.discardParked(name, stream))));
    }

    private static Response ok(Object answer) {
        return Response.ok(Json.answer(answer)).build();
    }

    private OperatorAction action(String type, String name, StreamId stream, SecurityContext caller) {
        return new OperatorAction(new Audit(events), type, name, caller).with(json -> Json.stream(json, stream));
    }
}
