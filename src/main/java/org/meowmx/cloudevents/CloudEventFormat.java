package org.meowmx.cloudevents;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;

/** The JSON format of CloudEvents 1.0. The package documentation has the mapping. */
public final class CloudEventFormat {

    private CloudEventFormat() {}

    /**
     * A recorded event as one JSON object, on one line. Line breaks between the tokens of its data become spaces.
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
        List<CloudEvent> events = new ArrayList<>();
        readBatch(text, defaults, events::add);
        return events;
    }

    /**
     * Reads a JSON array, one event after the other. Use it to limit the number of events of a text from outside: an exception of
     * {@code each} ends the reading.
     *
     * @param defaults for events that do not name their stream
     * @param each takes each event before the next one is read
     * @throws CloudEventSyntaxException if the text is not JSON. The events before the error were taken
     * @throws InvalidCloudEventException as in {@link #readBatch(String, StreamDefaults)}. The events before it were taken
     */
    public static void readBatch(String text, StreamDefaults defaults, Consumer<CloudEvent> each) {
        Required.present("text", text);
        Required.present("defaults", defaults);
        Required.present("each", each);
        JsonFields.batch(text, fields -> each.accept(EventReader.read(fields, defaults)));
    }
}
