package org.meowmx.evolution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.meowmx.Required;

/**
 * The data of an event as an {@link Upcaster} receives it: fields by name. It is immutable; the methods that change
 * something return changed copies.
 *
 * @param type the stored event type
 * @param version the schema version of the data, 1 or greater
 * @param fields the values: {@code String}, {@code Boolean}, {@code Integer}, {@code Long} or {@code BigInteger} for
 *     whole numbers, {@code BigDecimal} for other numbers, {@code List}, {@code Map} and null
 */
public record PastEvent(String type, int version, Map<String, @Nullable Object> fields) {

    public PastEvent {
        Required.present("type", type);
        Required.present("fields", fields);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The value of a field; null if the field is absent or null. */
    public @Nullable Object get(String field) {
        return fields.get(Required.present("field", field));
    }

    /** Whether the field is present and not null. */
    public boolean has(String field) {
        return fields.get(Required.present("field", field)) != null;
    }

    /** A copy in which the field has this value, whether it was present or not. */
    public PastEvent with(String field, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(fields);
        more.put(Required.present("field", field), value);
        return new PastEvent(type, version, more);
    }

    /** A copy without the field. */
    public PastEvent without(String field) {
        Map<String, @Nullable Object> less = new LinkedHashMap<>(fields);
        less.remove(Required.present("field", field));
        return new PastEvent(type, version, less);
    }

    /**
     * A copy in which the field has another name; this event if the field is absent.
     *
     * @param field the old name
     * @param name the new name
     */
    public PastEvent renaming(String field, String name) {
        Required.present("name", name);
        return fields.containsKey(Required.present("field", field))
                ? without(field).with(name, fields.get(field))
                : this;
    }
}
