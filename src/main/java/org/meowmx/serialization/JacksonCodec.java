package org.meowmx.serialization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Map;
import java.util.TreeMap;
import org.meowmx.Required;

/** JSON with Jackson: times are ISO-8601 text, unknown fields are ignored, and the data has no type names. */
final class JacksonCodec implements JsonCodec {

    private final ObjectMapper mapper = JsonMapper.builder(JsonRules.parsers())
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    @Override
    public String write(Object event) {
        try {
            return mapper.writeValueAsString(Required.present("object", event));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not writable as JSON: " + event.getClass().getName());
        }
    }

    @Override
    public <T> T read(String json, Class<T> target) {
        Required.present("json", json);
        Required.present("target", target);
        try {
            return mapper.readValue(json, target);
        } catch (JsonMappingException e) {
            // the original message may quote the data
            throw new IllegalArgumentException("at " + e.getPathReference());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON");
        }
    }

    @Override
    public String writeNotes(Map<String, String> notes) {
        return write(notes);
    }

    @Override
    public Map<String, String> readNotes(String json) {
        Map<String, String> notes = new TreeMap<>();
        read(json, JsonNode.class)
                .properties()
                .forEach(note -> notes.put(
                        note.getKey(),
                        note.getValue().isTextual()
                                ? note.getValue().textValue()
                                : note.getValue().toString()));
        return notes;
    }
}
