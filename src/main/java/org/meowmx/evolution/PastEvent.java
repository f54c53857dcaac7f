package org.meowmx.evolution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event as an {@link Upcaster} sees it: fields by name. Immutable; the methods that change something return
 * changed copies.
 *
 * @param type stored event type
 * @param version the schema version of the data, 1 or greater
 * @param fields text, {@code Boolean}, whole numbers as {@code Integer}, {@code Long} or {@code BigInteger}, others as
 *     {@code BigDecimal}, {@code List}, {@code Map} and null
 */
public record PastEvent(String type, int version, Map<String, @Nullable Object> fields) {

    public PastEvent {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public @Nullable Object get(String field) {
        return fields.get(field);
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return fields.get(field) != null;
    }

    /** This event with another value of a field, whether it was there or not. */
    public PastEvent with(String field, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new PastEvent(type, version, more);
    }

    public PastEvent without(String field) {
        Map<String, @Nullable Object> less = new LinkedHashMap<>(fields);
        less.remove(field);
        return new PastEvent(type, version, less);
    }

    /** This event with a field under another name; unchanged where the field is not there. */
    public PastEvent renaming(String field, String name) {
        return fields.containsKey(field) ? without(field).with(name, fields.get(field)) : this;
    }
}
