package org.meowmx.rest.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.meowmx.StreamId;
import org.meowmx.cloudevents.JsonText;

/** Writes JSON: the records of answers, and other objects field by field. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonText.FACTORY)
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /** Something that writes JSON. */
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** A record of the package {@code answer}. Times are ISO-8601, with all their digits. */
    public static byte[] answer(Object record) {
        try {
            return MAPPER.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object with the fields that the content writes. */
    public static byte[] object(Content fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static void stream(JsonGenerator json, StreamId stream) throws IOException {
        json.writeStringField("category", stream.category());
        json.writeStringField("streamId", stream.id());
    }
}
