package org.meowmx;

/** The content of an event to be written: JSON text under a type, or an object that the store turns into both. */
public sealed interface EventData {

    /**
     * Plain JSON, for programs that keep no class for the event.
     *
     * @param type the stored event type
     * @param json any JSON value (RFC 8259); checked when it is appended
     */
    record Json(String type, String json) implements EventData {

        /**
         * @throws InvalidEventException when the type is blank, too long or holds control characters
         */
        public Json {
            Names.check("type", type);
        }
    }

    /**
     * An object whose class carries {@link EventType}.
     *
     * @param event the object, best a record
     */
    record Typed(Object event) implements EventData {

        /**
         * @throws InvalidEventException when the class of the event carries no valid {@link EventType}
         */
        public Typed {
            EventTypes.check(event.getClass());
        }
    }

    /** The stored event type. */
    default String typeName() {
        if (this instanceof Json json) {
            return json.type();
        }
        return EventTypes.nameOf(((Typed) this).event().getClass());
    }
}
