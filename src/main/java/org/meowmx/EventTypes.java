package org.meowmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored types that a Java class stands for: its own {@link EventType} with its aliases, or those of all its permitted
 * children when it is sealed.
 *
 * @param classes the concrete classes by stored type, in declaration order
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
        classes = Map.copyOf(classes);
    }

    /**
     * The types of an event class, or of a sealed family of them; empty for a class that carries no type.
     *
     * @throws InvalidEventException when two classes of the family carry the same type
     */
    public static EventTypes of(Class<?> eventClass) {
        return KNOWN.get(eventClass);
    }

    /**
     * The stored type of one concrete event class.
     *
     * @throws InvalidEventException when the class has no valid {@link EventType}
     */
    public static String nameOf(Class<?> eventClass) {
        return DECLARED.get(eventClass).name();
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
     * @throws InvalidEventException when the class has no valid {@link EventType}
     */
    public static int versionOf(Class<?> eventClass) {
        return DECLARED.get(eventClass).version();
    }

    public Set<String> names() {
        return classes.keySet();
    }

    public boolean isEmpty() {
        return classes.isEmpty();
    }

    /** The class that stands for a stored type, or null when it is none of these. */
    public @Nullable Class<?> classOf(String name) {
        return classes.get(name);
    }

    /** The name that events of a stored type have today: that of their class where the type is an alias, else the type. */
    public String nameToday(String stored) {
        Class<?> type = classOf(stored);
        return type == null ? stored : nameOf(type);
    }

    /**
     * All types of several families.
     *
     * @throws InvalidEventException when two different classes carry the same type
     */
    public static EventTypes union(Iterable<EventTypes> families) {
        Map<String, Class<?>> found = new LinkedHashMap<>();
        families.forEach(family -> family.classes.forEach((name, type) -> put(name, type, found)));
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
     * What a concrete event class says of itself; valid.
     *
     * @param names its stored type, then the aliases
     * @param version its schema version
     */
    private record Declared(List<String> names, int version) {

        static Declared by(Class<?> eventClass) {
            EventType type = eventClass.getAnnotation(EventType.class);
            if (type == null) {
                throw new InvalidEventException(
                        "type", eventClass.getName() + " has no @EventType; add one with the name to store it under");
            }
            if (type.version() < 1) {
                throw new InvalidEventException(
                        "version", "of %s must be 1 or greater, is %d".formatted(eventClass.getName(), type.version()));
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
