package org.meowmx.rest.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.cloudevents.JsonText;

/** Writes JSON field by field. The data of events are written as the text that they are. */
public final class Json {

    private Json() {}

    /** Something that writes JSON. */
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes one item of a list. */
    public interface Item<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    /** An object with the fields that the content writes. */
    public static byte[] object(Content fields) {
        return bytes(json -> {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        });
    }

    public static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(bytes)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static void event(JsonGenerator json, RecordedEvent event) throws IOException {
        json.writeStartObject();
        json.writeNumberField("position", event.position());
        json.writeStringField("id", event.id().toString());
        stream(json, event.stream());
        json.writeNumberField("version", event.version());
        json.writeStringField("type", event.type());
        json.writeStringField("recordedAt", event.recordedAt().toString());
        json.writeFieldName("data");
        json.writeRawValue(event.data());
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> entry : event.metadata().entries().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    public static void events(JsonGenerator json, Iterable<RecordedEvent> events) throws IOException {
        list(json, "events", events, Json::event);
    }

    public static <T> void list(JsonGenerator json, String name, Iterable<T> items, Item<T> each) throws IOException {
        json.writeArrayFieldStart(name);
        for (T item : items) {
            each.write(json, item);
        }
        json.writeEndArray();
    }

    public static void stream(JsonGenerator json, StreamId stream) throws IOException {
        json.writeStringField("category", stream.category());
        json.writeStringField("streamId", stream.id());
    }

    /** A value as a string, or null. */
    public static void text(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        json.writeStringField(name, value == null ? null : value.toString());
    }

    /** A time as ISO-8601, with all its digits. */
    public static void time(JsonGenerator json, String name, Instant time) throws IOException {
        json.writeStringField(name, time.toString());
    }
}
