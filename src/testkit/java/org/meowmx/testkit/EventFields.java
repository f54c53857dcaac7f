package org.meowmx.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The fields of an event class by path, including those of nested records: {@code address.street},
 * {@code items[].price}. The path of an optional field ends in a question mark; optional fields are those of type
 * {@link Optional} and those with an annotation named {@code Nullable}.
 */
final class EventFields {

    private final Map<String, String> found = new TreeMap<>();
    private final Set<Type> within = new HashSet<>();

    private EventFields() {}

    /** Types by path. */
    static Map<String, String> of(Class<?> eventClass) {
        EventFields fields = new EventFields();
        fields.addMembers("", eventClass);
        return fields.found;
    }

    private void addMembers(String prefix, Class<?> owner) {
        within.add(owner);
        if (owner.isRecord()) {
            for (RecordComponent component : owner.getRecordComponents()) {
                boolean nullable = isNullable(component) || isNullable(component.getAnnotatedType());
                add(prefix + component.getName(), component.getGenericType(), nullable);
            }
        } else {
            for (Field field : owner.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    boolean nullable = isNullable(field) || isNullable(field.getAnnotatedType());
                    add(prefix + field.getName(), field.getGenericType(), nullable);
                }
            }
        }
        within.remove(owner);
    }

    private static boolean isNullable(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals("Nullable"));
    }

    private void add(String path, Type type, boolean nullable) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            add(path, generic.getActualTypeArguments()[0], true);
        } else if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw)) {
            add(path + "[]", generic.getActualTypeArguments()[0], nullable);
        } else if (type instanceof Class<?> plain && plain.isRecord() && !within.contains(plain)) {
            addMembers(path + (nullable ? "?." : "."), plain);
        } else {
            found.put(nullable ? path + "?" : path, name(type));
        }
    }

    private static String name(Type type) {
        return type instanceof Class<?> plain && plain.isEnum()
                ? Arrays.stream(plain.getEnumConstants())
                        .map(Object::toString)
                        .collect(Collectors.joining("|", "one of ", ""))
                : type.getTypeName();
    }
}
