package org.meowmx.serialization;

import java.util.Map;

/**
 * Turns objects into JSON text and JSON text into objects. Replace the default, which is Jackson, with an
 * {@code @Alternative @Priority} bean.
 */
public interface JsonCodec {

    /**
     * The JSON text of an event object.
     *
     * @throws RuntimeException when the object cannot be written
     */
    String write(Object event);

    /**
     * An instance of the target; fields that the target does not know are ignored.
     *
     * @throws RuntimeException when the text does not fit the target
     */
    <T> T read(String json, Class<T> target);

    /** The JSON object of some notes. */
    String writeNotes(Map<String, String> notes);

    /** The notes of a JSON object; members that are not text are given as their JSON. */
    Map<String, String> readNotes(String json);
}
