package org.meowmx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored types that a Java class stands for: its own {@link EventType}, or those of all its permitted children when
 * it is sealed.
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
     * @throws InvalidEventException when the class has no {@link EventType}
     */
    public static String nameOf(Class<?> eventClass) {
        EventType type = eventClass.getAnnotation(EventType.class);
        if (type == null) {
            throw new InvalidEventException(
                    "type", eventClass.getName() + " has no @EventType; add one with the name to store it under");
        }
        return type.value();
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
            String name = nameOf(type);
            Names.check("type", name);
            put(name, type, found);
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
                    "'%s' is the @EventType of both %s and %s".formatted(name, other.getName(), type.getName()));
        }
    }
}
