package org.meowmx;

import java.util.List;
import java.util.Set;

/** Turns the JSON of a recorded event into objects; what {@link RecordedEvent#as} asks. */
public interface DataBinder {

    /**
     * The data as it is stored, as an instance of any class that the JSON fits.
     *
     * @throws EventBindingException when the data cannot become an instance of the target
     */
    <T> T bind(RecordedEvent event, Class<T> target);

    /**
     * The event as objects of today, after its upcasters: one as a rule, several where one splits it, none where one drops it.
     * Of a split event only those parts count that are of these types.
     *
     * @param types the types that count
     * @param family what all their classes are
     * @throws EventBindingException when nothing of these types comes of an event that is not dropped, or the data does not
     *     fit
     */
    <T> List<T> bind(RecordedEvent event, EventTypes types, Class<T> family);

    /** The stored types whose events may become one of these: themselves, and those that upcasters lead to them. */
    Set<String> storedTypes(EventTypes types);
}
