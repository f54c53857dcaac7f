package org.meowmx;

import java.util.List;
import java.util.Set;

/**
 * The service that converts the JSON of a recorded event into Java objects. {@link RecordedEvent#as} and its relatives
 * delegate to it.
 *
 * <p>The store passes its own implementation to each event that it reads. Applications call the methods of
 * {@link RecordedEvent} instead.
 */
public interface DataBinder {

    /**
     * Converts the data, exactly as it is stored, into an instance of a class. Upcasters are not applied.
     *
     * @param target any class that the JSON fits
     * @throws EventBindingException if the JSON does not fit the class
     */
    <T> T bind(RecordedEvent event, Class<T> target);

    /**
     * Converts the event into objects of today's event classes, after applying its upcasters.
     *
     * <p>The result usually has one object. It has several if an upcaster splits the event, and none if one drops it.
     * Parts of a split event whose type is not requested are left out.
     *
     * @param types the requested types
     * @param family the common class of all their event classes
     * @return the objects, in the order in which the upcasters yield them
     * @throws EventBindingException if the event is not dropped and no part of it has a requested type, or if the data
     *     does not fit its class
     */
    <T> List<T> bind(RecordedEvent event, EventTypes types, Class<T> family);

    /**
     * The stored types whose events can be read as one of these types: the types themselves, and all types that
     * upcasters convert into one of them.
     */
    Set<String> storedTypes(EventTypes types);
}
