package org.meowmx;

import java.util.List;

/**
 * An event as an object of its class, together with the event as it is stored.
 *
 * @param data the object, after upcasters
 * @param recorded the event that it was read from, with position, version, time and metadata
 * @param <E> the class of the object, or the family that it belongs to
 */
public record TypedEvent<E>(E data, RecordedEvent recorded) {

    /** One for each object that the event is read as: usually one, several or none if upcasters split or drop it. */
    static <E> List<TypedEvent<E>> of(RecordedEvent event, Class<E> family) {
        return event.asList(family).stream()
                .map(data -> new TypedEvent<>(data, event))
                .toList();
    }
}
