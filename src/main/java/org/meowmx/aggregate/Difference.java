package org.meowmx.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;

/**
 * How a state became another.
 *
 * @param before the earlier one
 * @param after the later one
 * @param events what happened in between, in order
 */
public record Difference<S>(Versioned<S> before, Versioned<S> after, List<RecordedEvent> events) {

    public Difference {
        events = List.copyOf(events);
    }

    /**
     * A component that has changed.
     *
     * @param field its name; of records inside of records with dots, {@code address.street}; empty for a state that is no
     *     record and has changed as a whole
     */
    public record Change(
            String field, @Nullable Object before, @Nullable Object after) {}

    /** What is not the same, compared component by component with {@code equals}. */
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        compare("", before.state(), after.state(), changes);
        return changes;
    }

    private static void compare(String field, @Nullable Object one, @Nullable Object other, List<Change> changes) {
        if (Objects.equals(one, other)) {
            return;
        }
        if (one instanceof Record && other instanceof Record && one.getClass() == other.getClass()) {
            Shape.components(one.getClass())
                    .forEach(component -> compare(
                            field.isEmpty() ? component.getName() : field + "." + component.getName(),
                            Shape.value(component, one),
                            Shape.value(component, other),
                            changes));
        } else {
            changes.add(new Change(field, one, other));
        }
    }
}
