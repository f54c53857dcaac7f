package org.meowmx;

/** Turns the JSON of a recorded event into an object; what {@link RecordedEvent#as} asks. */
public interface DataBinder {

    /**
     * The data of an event as an object.
     *
     * @param event the event whose data is wanted
     * @param target an event class, a sealed parent of event classes, or any class that the JSON fits
     * @throws EventBindingException when the data cannot become an instance of the target
     */
    <T> T bind(RecordedEvent event, Class<T> target);
}
