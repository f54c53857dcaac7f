package org.meowmx.subscription.engine.declaration;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks for, as its checkpoints keep it. Where some of its observers ask for every type and others for types
 * of their own, these are kept as well: a node without the observer of one of them would take its events past that observer.
 *
 * @param category null for every category
 * @param types null for every type; otherwise each type between two U+001F, which no type can contain; an empty one is every
 *     type
 */
public record Filter(@Nullable String category, @Nullable String types) implements Serializable {

    /** What sets types apart. */
    public static final String SEPARATOR = "\u001f";

    private static final String EVERY_TYPE = "";

    static Filter of(@Nullable String category, Collection<String> types) {
        return new Filter(category, SEPARATOR + String.join(SEPARATOR, new TreeSet<>(types)) + SEPARATOR);
    }

    /** Every type, by observers of which some ask for types of their own. */
    static Filter ofEveryType(@Nullable String category, Collection<String> types) {
        Set<String> all = new TreeSet<>(types);
        all.add(EVERY_TYPE);
        return all.size() == 1 ? new Filter(category, null) : of(category, all);
    }

    /** Whether everything that another asks for is asked for here, too. */
    public boolean covers(Filter other) {
        boolean categories = category == null || category.equals(other.category);
        boolean everyTypeInPlaceOfSome = hasEveryType() && !other.hasEveryType();
        return categories && (everyTypeInPlaceOfSome || typeSet().containsAll(other.typeSet()));
    }

    /** The narrowest filter that covers both; wider than the two together where their categories differ. */
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
