package org.meowmx.cloudevents;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;

/** The JSON format of CloudEvents 1.0. The package documentation has the mapping. */
public final class CloudEventFormat {

    private CloudEventFormat() {}

    /**
     * A recorded event as one JSON object, on one line.
     *
     * @param log the id of the log that the event is in
     */
    public static String write(RecordedEvent event, UUID log) {
        Required.present("event", event);
        Required.present("log", log);
        return EventWriter.write(event, "urn:uuid:" + log);
    }

    /**
     * Recorded events as a JSON array: the batch format.
     *
     * @param log the id of the log that the events are in
     */
    public static String writeBatch(List<RecordedEvent> events, UUID log) {
        Required.present("log", log);
        return Required.elements("events", events).stream()
                .map(event -> write(event, log))
                .collect(Collectors.joining(",\n", "[", "]"));
    }

    /**
     * Reads one JSON object that names its stream.
     *
     * @throws CloudEventSyntaxException if the text is not JSON
     * @throws InvalidCloudEventException if an attribute is missing, is repeated, or breaks a rule
     */
    public static CloudEvent read(String text) {
        return read(text, StreamDefaults.none());
    }

    /**
     * Reads one JSON object.
     *
     * @param defaults for an event that does not name its stream
     * @throws CloudEventSyntaxException if the text is not JSON
     * @throws InvalidCloudEventException if an attribute is missing, is repeated, or breaks a rule
     */
    public static CloudEvent read(String text, StreamDefaults defaults) {
        Required.present("text", text);
        Required.present("defaults", defaults);
        return EventReader.read(JsonFields.read(text), defaults);
    }

    /**
     * Reads a JSON array: the batch format.
     *
     * @param defaults for events that do not name their stream
     * @throws CloudEventSyntaxException if the text is not JSON
     * @throws InvalidCloudEventException if an attribute of an event is missing, is repeated, or breaks a rule; the attribute
     *     begins with the event's index, as in "2/id"
     */
    public static List<CloudEvent> readBatch(String text, StreamDefaults defaults) {
        Required.present("defaults", defaults);
        List<CloudEvent> events = new ArrayList<>();
        for (JsonFields fields : JsonFields.batch(Required.present("text", text))) {
            try {
                events.add(EventReader.read(fields, defaults));
            } catch (InvalidCloudEventException e) {
                throw e.inEvent(events.size());
            }
        }
        return events;
    }
}
