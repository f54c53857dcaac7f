package org.meowmx.rest.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.meowmx.InvalidEventException;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.rest.message.Json;
import org.meowmx.rest.message.JsonObject;
import org.meowmx.rest.message.ProblemException;

/**
 * An event between logs, in the JSON format of CloudEvents 1.0: the subject is the stream's id, the extension attribute
 * {@code category} its category. What an export tells beyond what an import needs ({@code version}, {@code position}) is text,
 * as an Integer of CloudEvents has 32 bits only; so is {@code metadata}, which is JSON in a text.
 *
 * @param stream the stream it belongs to
 * @param id its id
 * @param event the event to be written, with its id
 */
record CloudEvent(StreamId stream, UUID id, NewEvent event) {

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

    /** @throws ProblemException when the line is no such event */
    static CloudEvent parse(String line) {
        JsonObject sent = JsonObject.one(line, ATTRIBUTES);
        if (!sent.text("specversion").equals("1.0")) {
            throw sent.invalid("/specversion", "must be 1.0");
        }
        String data = sent.json("data");
        if (data == null) {
            throw sent.invalid("/data", "is missing");
        }
        UUID id = sent.uuid("id");
        try {
            NewEvent event = NewEvent.of(sent.text("type"), data).withId(id).withMetadata(metadata(sent));
            return new CloudEvent(
                    StreamId.of(sent.text("category"), sent.text("subject")),
                    id,
                    sent.has("time") ? event.withRecordedAt(sent.time("time")) : event);
        } catch (InvalidEventException e) {
            throw sent.invalid("/" + attribute(e.field()), e.rule());
        }
    }

    private static String attribute(String field) {
        return switch (field) {
            case "id" -> "subject";
            case "recordedAt" -> "time";
            default -> field;
        };
    }

    private static Metadata metadata(JsonObject sent) {
        return sent.has("metadata") ? new Metadata(sent.textsOf("metadata", sent.text("metadata"))) : Metadata.none();
    }

    /** Writes a recorded event. */
    static void write(JsonGenerator json, UUID log, RecordedEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("specversion", "1.0");
        json.writeStringField("id", event.id().toString());
        json.writeStringField("source", "urn:uuid:" + log);
        json.writeStringField("type", event.type());
        json.writeStringField("category", event.stream().category());
        json.writeStringField("subject", event.stream().id());
        Json.time(json, "time", event.recordedAt());
        json.writeStringField("version", Long.toString(event.version()));
        json.writeStringField("position", Long.toString(event.position()));
        if (!event.metadata().isEmpty()) {
            json.writeStringField("metadata", text(event.metadata()));
        }
        json.writeStringField("datacontenttype", "application/json");
        json.writeFieldName("data");
        json.writeRawValue(event.data());
        json.writeEndObject();
    }

    private static String text(Metadata metadata) {
        return new String(
                Json.object(json -> {
                    for (var note : metadata.entries().entrySet()) {
                        json.writeStringField(note.getKey(), note.getValue());
                    }
                }),
                StandardCharsets.UTF_8);
    }
}
