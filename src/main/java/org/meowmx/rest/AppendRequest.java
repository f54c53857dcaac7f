package org.meowmx.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.meowmx.EventData;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.rest.message.JsonObject;
import org.meowmx.rest.message.ProblemException;

/** The events in the body of an append: {@code {"type": …, "data": …, "id": …, "metadata": {…}}}, or an array of them. */
@ApplicationScoped
class AppendRequest {

    private static final Set<String> FIELDS = Set.of("type", "data", "id", "metadata");

    @Inject
    Settings settings;

    /** @throws ProblemException when the body is no such thing, or has too many of them */
    List<NewEvent> of(String body) {
        return JsonObject.oneOrMany(body, settings.get(Keys.MAX_EVENTS), FIELDS).stream()
                .map(AppendRequest::event)
                .toList();
    }

    private static NewEvent event(JsonObject sent) {
        String data = sent.json("data");
        if (data == null) {
            throw sent.invalid("/data", "is missing");
        }
        NewEvent event =
                new NewEvent(null, data(sent, sent.text("type"), data), new Metadata(sent.texts("metadata")), null);
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
