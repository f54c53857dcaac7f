package org.meowmx;

import org.jspecify.annotations.Nullable;

/**
 * The JSON of a recorded event cannot be converted into the requested class.
 *
 * <p>The stored event is unchanged. Correct the class, request another class, or add an
 * {@link org.meowmx.evolution.Upcaster} for the version that the event was written in.
 */
public class EventBindingException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final transient RecordedEvent event;
    private final transient Class<?> target;

    /**
     * Creates the exception.
     *
     * @param event the event that was to be converted
     * @param target the requested class
     * @param why the reason, without any data of the event; it completes the message
     * @param cause the exception of the JSON library; null if there is none
     */
    public EventBindingException(RecordedEvent event, Class<?> target, String why, @Nullable Throwable cause) {
        super("Event %s cannot be read as %s: %s".formatted(event, target.getName(), why), cause);
        this.event = event;
        this.target = target;
    }

    /** The event that could not be converted; null after deserialization of the exception. */
    public RecordedEvent event() {
        return event;
    }

    /** The requested class; null after deserialization of the exception. */
    public Class<?> target() {
        return target;
    }
}
