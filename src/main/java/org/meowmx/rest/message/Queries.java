package org.meowmx.rest.message;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.LogQuery;

/** The filters that reading, following and exporting the log share. */
public final class Queries {

    private Queries() {}

    public static LogQuery of(@Nullable String category, List<String> types) {
        LogQuery all = category == null || category.isEmpty() ? LogQuery.all() : LogQuery.category(category);
        return types.isEmpty() ? all : all.types(Set.copyOf(types));
    }
}
