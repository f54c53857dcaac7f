package org.meowmx.cloudevents;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.meowmx.Metadata;
import org.meowmx.RecordedEvent;

/** Writes an event of the log as one CloudEvent in JSON. */
final class EventWriter {

    static final String JSON = "application/json";

    private EventWriter() {}

    /** @param ownSource the source of events that were not imported */
    static String write(RecordedEvent event, String ownSource) {
        ForeignAttributes foreign = ForeignAttributes.of(event, ownSource);
        String id = foreign.get("id");
        return object(json -> {
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", id == null ? event.id().toString() : id);
            json.writeStringField("source", foreign.source());
            json.writeStringField("type", event.type());
            json.writeStringField("category", event.stream().category());
            json.writeStringField("subject", event.stream().id());
            json.writeStringField("time", event.recordedAt().toString());
            json.writeStringField("version", Long.toString(event.version()));
            json.writeStringField("position", Long.toString(event.position()));
            for (Map.Entry<String, String> extension : foreign.extensions().entrySet()) {
                writeExtension(json, extension.getKey(), extension.getValue(), foreign);
            }
            if (!foreign.metadata().isEmpty()) {
                json.writeStringField("metadata", text(foreign.metadata()));
            }
            writeData(json, event, foreign);
        });
    }

    private static void writeExtension(JsonGenerator json, String name, String value, ForeignAttributes foreign)
            throws IOException {
        if (foreign.isText(name)) {
            json.writeStringField(name, value);
        } else {
            json.writeFieldName(name);
            json.writeRawValue(value);
        }
    }

    /** Without a content type, only the member {@code data} implies one. */
    private static void writeData(JsonGenerator json, RecordedEvent event, ForeignAttributes foreign)
            throws IOException {
        boolean plain = foreign.dataForm().isEmpty();
        String schema = foreign.get("dataschema");
        if (schema != null) {
            json.writeStringField("dataschema", schema);
        }
        String type = foreign.get("datacontenttype");
        if (type != null || plain) {
            json.writeStringField("datacontenttype", type == null ? JSON : type);
        }
        if (!foreign.dataForm().equals(ForeignAttributes.ABSENT)) {
            json.writeFieldName(plain ? "data" : "data_base64");
            json.writeRawValue(onOneLine(event.data()));
        }
    }

    /** A string of JSON has no line breaks, so all of them are between tokens. */
    private static String onOneLine(String json) {
        return json.strip().replace('\n', ' ').replace('\r', ' ');
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
}
