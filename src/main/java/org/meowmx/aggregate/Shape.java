package org.meowmx.aggregate;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The components of records, by reflection. */
final class Shape {

    private Shape() {}

    static List<RecordComponent> components(Class<?> type) {
        return List.of(type.getRecordComponents());
    }

    static @Nullable Object value(RecordComponent component, Object owner) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Component not readable: " + component, e);
        }
    }

    /** A checksum of the names and types of the components, including those of nested records and enums. */
    static String fingerprint(Class<?> type) {
        StringBuilder text = new StringBuilder();
        describe(type, text, new HashSet<>());
        CRC32C crc = new CRC32C();
        crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static void describe(Type type, StringBuilder text, Set<Type> known) {
        text.append(type.getTypeName());
        if (!known.add(type)) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> describe(argument, text, known));
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            for (RecordComponent component : components(plain)) {
                describe(
                        component.getGenericType(),
                        text.append(',').append(component.getName()).append(':'),
                        known);
            }
        } else if (type instanceof Class<?> plain && plain.isEnum()) {
            text.append(Arrays.toString(plain.getEnumConstants()));
        }
    }
}
