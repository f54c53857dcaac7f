package org.meowmx.subscription.engine.declaration;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The events that a subscription reads, as its checkpoints store them.
 *
 * <p>Some observers of a subscription may read every type, and others single types. The filter then contains both. Otherwise a
 * node that lacks an observer of a single type would move the checkpoint past events that this observer has not handled.
 *
 * @param category the only category; null means every category
 * @param types the types, each between two U+001F, which no type can contain; the empty type means every type; null means every
 *     type and no single types
 */
public record Filter(@Nullable String category, @Nullable String types) implements Serializable {

    /** Separates the types. */
    public static final String SEPARATOR = "\u001f";

    private static final String EVERY_TYPE = "";

    static Filter of(@Nullable String category, Collection<String> types) {
        return new Filter(category, SEPARATOR + String.join(SEPARATOR, new TreeSet<>(types)) + SEPARATOR);
    }

    /** The filter if some observers read every type, and others read these single types. */
    static Filter ofEveryType(@Nullable String category, Collection<String> types) {
        Set<String> all = new TreeSet<>(types);
        all.add(EVERY_TYPE);
        return all.size() == 1 ? new Filter(category, null) : of(category, all);
    }

    /** Whether this filter contains the events of a type in a category. */
    public boolean has(String eventCategory, String eventType) {
        return (category == null || category.equals(eventCategory))
                && (types == null
                        || types.startsWith(SEPARATOR + SEPARATOR)
                        || types.contains(SEPARATOR + eventType + SEPARATOR));
    }

    /** Whether this filter contains each event of the other one. */
    public boolean covers(Filter other) {
        boolean categories = category == null || category.equals(other.category);
        boolean everyTypeInPlaceOfSome = hasEveryType() && !other.hasEveryType();
        return categories && (everyTypeInPlaceOfSome || typeSet().containsAll(other.typeSet()));
    }

    /** The narrowest filter that covers both. If their categories differ, it has every category. */
    public Filter union(Filter other) {
        String both = category != null && category.equals(other.category) ? category : null;
        if (hasEveryType() != other.hasEveryType()) {
            return new Filter(both, hasEveryType() ? types : other.types);
        }
        Set<String> all = new TreeSet<>(typeSet());
        all.addAll(other.typeSet());
        return hasEveryType() ? ofEveryType(both, all) : of(both, all);
    }

    private boolean hasEveryType() {
        return typeSet().contains(EVERY_TYPE);
    }

    private Set<String> typeSet() {
        return types == null
                ? Set.of(EVERY_TYPE)
                : Set.of(types.substring(1, types.length() - 1).split(SEPARATOR));
    }
}
