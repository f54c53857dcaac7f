package org.meowmx.cloudevents;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.Required;
import org.meowmx.StreamId;

/** The JSON format of CloudEvents 1.0. The package documentation has the mapping. */
public final class CloudEventFormat {

    private static final Set<String> ATTRIBUTES = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "category",
            "time",
            "datacontenttype",
            "dataschema",
            "data",
            "version",
            "position",
            "metadata");

    private CloudEventFormat() {}

    /**
     * A recorded event as one JSON object.
     *
     * @param log the id of the log that the event is in
     */
    public static String write(RecordedEvent event, UUID log) {
        Required.present("event", event);
        Required.present("log", log);
        return object(json -> {
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", event.id().toString());
            json.writeStringField("source", "urn:uuid:" + log);
            json.writeStringField("type", event.type());
            json.writeStringField("category", event.stream().category());
            json.writeStringField("subject", event.stream().id());
            json.writeStringField("time", event.recordedAt().toString());
            json.writeStringField("version", Long.toString(event.version()));
            json.writeStringField("position", Long.toString(event.position()));
            if (!event.metadata().isEmpty()) {
                json.writeStringField("metadata", text(event.metadata()));
            }
            json.writeStringField("datacontenttype", "application/json");
            json.writeFieldName("data");
            json.writeRawValue(event.data());
        });
    }

    private static String text(Metadata metadata) {
        return object(json -> {
            for (Map.Entry<String, String> entry : metadata.entries().entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
        });
    }

    /** Something that writes fields. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String object(Fields fields) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Reads one JSON object.
     *
     * @throws CloudEventSyntaxException if the text is not JSON
     * @throws InvalidCloudEventException if an attribute is missing, unknown or repeated, or breaks a rule
     */
    public static CloudEvent read(String text) {
        JsonFields fields = JsonFields.read(Required.present("text", text), ATTRIBUTES);
        if (!fields.string("specversion").equals("1.0")) {
            throw new InvalidCloudEventException("specversion", "must be 1.0");
        }
        String data = fields.json("data");
        if (data == null) {
            throw new InvalidCloudEventException("data", "is missing");
        }
        UUID id = fields.uuid("id");
        try {
            NewEvent event = NewEvent.of(fields.string("type"), data).withId(id).withMetadata(metadata(fields));
            return new CloudEvent(
                    StreamId.of(fields.string("category"), fields.string("subject")),
                    fields.has("time") ? event.withRecordedAt(fields.time("time")) : event);
        } catch (InvalidEventException e) {
            throw new InvalidCloudEventException(attribute(e.field()), e.rule());
        }
    }

    private static Metadata metadata(JsonFields fields) {
        return fields.has("metadata") ? new Metadata(fields.strings("metadata")) : Metadata.none();
    }

    private static String attribute(String field) {
        return switch (field) {
            case "id" -> "subject";
            case "recordedAt" -> "time";
            default -> field;
        };
    }
}
