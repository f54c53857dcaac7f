package org.meowmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored event types that a Java class represents: its own {@link EventType} with the aliases or, for a sealed
 * class, those of all permitted subclasses.
 *
 * @param classes the concrete classes by stored type
 */
public record EventTypes(Map<String, Class<?>> classes) {

    private static final ClassValue<EventTypes> KNOWN = new ClassValue<>() {
        @Override
        protected EventTypes computeValue(Class<?> type) {
            return collect(type);
        }
    };

    private static final ClassValue<Declared> DECLARED = new ClassValue<>() {
        @Override
        protected Declared computeValue(Class<?> type) {
            return Declared.by(type);
        }
    };

    public EventTypes {
        classes = Map.copyOf(Required.entries("classes", classes));
    }

    /**
     * The types of an event class or of a sealed family of them; empty for a class without a type.
     *
     * @throws InvalidEventException if a class of the family has an invalid {@link EventType}, or two classes of the
     *     family have the same type
     */
    public static EventTypes of(Class<?> eventClass) {
        return KNOWN.get(Required.present("eventClass", eventClass));
    }

    /**
     * The stored type of a concrete event class.
     *
     * @throws InvalidEventException if the class has no valid {@link EventType}
     */
    public static String nameOf(Class<?> eventClass) {
        return DECLARED.get(Required.present("eventClass", eventClass)).name();
    }

    /**
     * Checks one concrete event class.
     *
     * @throws InvalidEventException when the class has no valid {@link EventType}
     */
    static void check(Class<?> eventClass) {
        DECLARED.get(eventClass);
    }

    /**
     * The schema version that a concrete event class writes, 1 or greater.
     *
     * @throws InvalidEventException if the class has no valid {@link EventType}
     */
    public static int versionOf(Class<?> eventClass) {
        return DECLARED.get(Required.present("eventClass", eventClass)).version();
    }

    /** The stored types, with aliases. */
    public Set<String> names() {
        return classes.keySet();
    }

    /** Whether the class represents no type. */
    public boolean isEmpty() {
        return classes.isEmpty();
    }

    /** The class that represents a stored type; null if none of these does. */
    public @Nullable Class<?> classOf(String name) {
        return classes.get(Required.present("name", name));
    }

    /**
     * The current name of a stored type: if the type is an alias, the name of its class, otherwise the type itself.
     */
    public String nameToday(String stored) {
        Class<?> type = classOf(stored);
        return type == null ? stored : nameOf(type);
    }

    /**
     * All types of several families.
     *
     * @throws InvalidEventException if two different classes have the same type
     */
    public static EventTypes union(Iterable<EventTypes> families) {
        Map<String, Class<?>> found = new LinkedHashMap<>();
        Required.present("families", families)
                .forEach(family -> family.classes.forEach((name, type) -> put(name, type, found)));
        return new EventTypes(found);
    }

    private static EventTypes collect(Class<?> type) {
        Map<String, Class<?>> found = new LinkedHashMap<>();
        collect(type, found);
        return new EventTypes(found);
    }

    private static void collect(Class<?> type, Map<String, Class<?>> found) {
        if (type.isAnnotationPresent(EventType.class)) {
            DECLARED.get(type).names().forEach(name -> put(name, type, found));
        }
        if (type.isSealed()) {
            for (Class<?> child : type.getPermittedSubclasses()) {
                collect(child, found);
            }
        }
    }

    private static void put(String name, Class<?> type, Map<String, Class<?>> found) {
        Class<?> other = found.put(name, type);
        if (other != null && other != type) {
            throw new InvalidEventException(
                    "type",
                    "'%s' is the @EventType or an alias of both %s and %s"
                            .formatted(name, other.getName(), type.getName()));
        }
    }

    /**
     * The valid annotation of a concrete event class.
     *
     * @param names its stored type, then the aliases
     * @param version its schema version
     */
    private record Declared(List<String> names, int version) {

        static Declared by(Class<?> eventClass) {
            EventType type = eventClass.getAnnotation(EventType.class);
            if (type == null) {
                throw new InvalidEventException(
                        "type",
                        eventClass.getName()
                                + " has no @EventType; add one with the name under which its events are stored");
            }
            if (type.version() < 1) {
                throw new InvalidEventException(
                        "version",
                        "the @EventType version of %s must be 1 or greater, was %d"
                                .formatted(eventClass.getName(), type.version()));
            }
            List<String> names = Stream.concat(Stream.of(type.value()), Stream.of(type.aliases()))
                    .toList();
            names.forEach(name -> Names.check("type", name));
            return new Declared(names, type.version());
        }

        String name() {
            return names.get(0);
        }
    }
}
