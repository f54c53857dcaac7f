package org.meowmx.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.meowmx.RecordedEvent;

/**
 * The difference between two states of the same stream.
 *
 * @param before the earlier state
 * @param after the later state
 * @param events the events between the two, in order
 * @param <S> the class of the state
 */
public record Difference<S>(Versioned<S> before, Versioned<S> after, List<RecordedEvent> events) {

    public Difference {
        events = List.copyOf(events);
    }

    /**
     * A component of the state whose value has changed.
     *
     * @param field its name, for nested records a path with dots such as {@code address.street}; empty if the state is
     *     not a record and has changed as a whole
     * @param before the earlier value
     * @param after the later value
     */
    public record Change(
            String field, @Nullable Object before, @Nullable Object after) {}

    /** The changed components, compared with {@code equals}. */
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
