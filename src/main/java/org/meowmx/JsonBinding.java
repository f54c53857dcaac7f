package org.meowmx;

/** Objects to JSON text and back, in the way that events are written. Inject it to keep something else in the same form. */
public interface JsonBinding {

    /**
     * The JSON text of an object.
     *
     * @throws RuntimeException when the object cannot be written
     */
    String write(Object object);

    /**
     * An instance of the target; fields that the target does not know are ignored.
     *
     * @throws RuntimeException when the text does not fit the target
     */
    <T> T read(String json, Class<T> target);
}
