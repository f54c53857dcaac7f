package org.meowmx.subscription;

import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks for, as its checkpoints keep it.
 *
 * @param category null for every category
 * @param types null for every type; otherwise each type between two U+001F, which no type can contain
 */
record Filter(@Nullable String category, @Nullable String types) {

    /** What sets types apart. */
    static final String SEPARATOR = "\u001f";

    static Filter of(@Nullable String category, Collection<String> types) {
        return new Filter(category, SEPARATOR + String.join(SEPARATOR, new TreeSet<>(types)) + SEPARATOR);
    }
}
