package org.meowmx.subscription;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks for, as its checkpoints keep it.
 *
 * @param category null for every category
 * @param types null for every type; otherwise each type between two U+001F, which no type can contain
 */
record Filter(@Nullable String category, @Nullable String types) implements Serializable {

    /** What sets types apart. */
    static final String SEPARATOR = "\u001f";

    /** Whether everything that another asks for is asked for here, too. */
    boolean covers(Filter other) {
        boolean categories = category == null || category.equals(other.category);
        return categories && (types == null || (other.types != null && typeSet().containsAll(other.typeSet())));
    }

    /** The narrowest filter that covers both; wider than the two together where their categories differ. */
    Filter union(Filter other) {
        String both = category != null && category.equals(other.category) ? category : null;
        if (types == null || other.types == null) {
            return new Filter(both, null);
        }
        Set<String> all = new TreeSet<>(typeSet());
        all.addAll(other.typeSet());
        return of(both, all);
    }

    private Set<String> typeSet() {
        return types == null
                ? Set.of()
                : Set.of(types.substring(1, types.length() - 1).split(SEPARATOR));
    }

    static Filter of(@Nullable String category, Collection<String> types) {
        return new Filter(category, SEPARATOR + String.join(SEPARATOR, new TreeSet<>(types)) + SEPARATOR);
    }
}
