package org.meowmx.rest;

import java.util.List;
import java.util.Set;
import org.meowmx.EventData;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.rest.message.JsonObject;
import org.meowmx.rest.message.ProblemException;

/** The body of an append: {@code {"type": …, "data": …, "id": …, "metadata": {…}}}, or an array of such objects. */
final class AppendRequest {

    private static final Set<String> FIELDS = Set.of("type", "data", "id", "metadata");

    private AppendRequest() {}

    /**
     * The events of a body.
     *
     * @param maxEvents the largest number of events
     * @throws ProblemException if the body breaks a rule, or has more events
     */
    static List<NewEvent> parse(String body, int maxEvents) {
        return JsonObject.oneOrMany(body, maxEvents, FIELDS).stream()
                .map(AppendRequest::event)
                .toList();
    }

    private static NewEvent event(JsonObject sent) {
        String data = sent.json("data");
        if (data == null) {
            throw sent.invalid("/data", "is missing");
        }
        NewEvent event =
                new NewEvent(null, data(sent, sent.string("type"), data), new Metadata(sent.strings("metadata")), null);
        return sent.has("id") ? event.withId(sent.uuid("id")) : event;
    }

    private static EventData data(JsonObject sent, String type, String data) {
        try {
            return new EventData.Json(type, data);
        } catch (InvalidEventException e) {
            throw sent.invalid("/" + e.field(), e.rule());
        }
    }
}
