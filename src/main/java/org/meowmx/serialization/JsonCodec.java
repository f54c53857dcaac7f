package org.meowmx.serialization;

import java.util.Map;
import org.meowmx.JsonBinding;

/**
 * Turns objects into JSON text and JSON text into objects. Replace the default, which is Jackson, with an
 * {@code @Alternative @Priority} bean.
 */
public interface JsonCodec extends JsonBinding {

    /** The default codec, for programs without a container. */
    static JsonCodec jackson() {
        return new JacksonCodec();
    }

    /** The JSON object of some notes. */
    String writeNotes(Map<String, String> notes);

    /** The notes of a JSON object; members that are not text are given as their JSON. */
    Map<String, String> readNotes(String json);
}
