package org.meowmx;

import org.jspecify.annotations.Nullable;

/** The JSON of a recorded event does not fit the class it was asked as. Mend the class; the event stays as it is. */
public class EventBindingException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final transient RecordedEvent event;
    private final transient Class<?> target;

    public EventBindingException(RecordedEvent event, Class<?> target, String why, @Nullable Throwable cause) {
        super("Event %s cannot be read as %s: %s".formatted(event, target.getName(), why), cause);
        this.event = event;
        this.target = target;
    }

    public RecordedEvent event() {
        return event;
    }

    public Class<?> target() {
        return target;
    }
}
