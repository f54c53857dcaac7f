package org.meowmx;

/**
 * Conversion between objects and JSON text, with the same mapping as for events. The limits and rules that the store
 * checks for events are not checked. Inject it to store other data in the same form.
 */
public interface JsonBinding {

    /**
     * The JSON text of an object.
     *
     * @throws RuntimeException if the object cannot be written as JSON
     */
    String write(Object object);

    /**
     * An instance of the target class. Fields that the class does not have are ignored.
     *
     * @throws RuntimeException if the text is not JSON or does not fit the class
     */
    <T> T read(String json, Class<T> target);
}
