package org.meowmx;

/**
 * The content of an event to be written: JSON text with an event type, or an object from which the store derives both.
 */
public sealed interface EventData {

    /**
     * Plain JSON, for applications that have no Java class for the event.
     *
     * @param type the stored event type, 1 to {@value Names#MAX_LENGTH} characters
     * @param json any JSON value (RFC 8259); the store validates it when it is appended
     */
    record Json(String type, String json) implements EventData {

        /**
         * Creates the content.
         *
         * @throws InvalidEventException if the type is blank, is too long, or contains control characters
         */
        public Json {
            Names.check("type", type);
            Required.present("json", json);
        }
    }

    /**
     * An object whose class has the annotation {@link EventType}.
     *
     * @param event the object, preferably a record
     */
    record Typed(Object event) implements EventData {

        /**
         * Creates the content.
         *
         * @throws InvalidEventException if the object's class has no valid {@link EventType}
         */
        public Typed {
            EventTypes.check(Required.present("event", event).getClass());
        }
    }

    /** The stored event type: that of the JSON, or that of the object's class. */
    default String typeName() {
        if (this instanceof Json json) {
            return json.type();
        }
        return EventTypes.nameOf(((Typed) this).event().getClass());
    }
}
