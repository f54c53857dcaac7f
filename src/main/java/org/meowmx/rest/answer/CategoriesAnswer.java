package org.meowmx.rest.answer;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.meowmx.CategorySummary;

/** A page of categories. */
@Schema(name = "Categories")
public record CategoriesAnswer(List<Category> categories) {

    /** The key figures of a category. */
    @Schema(name = "Category")
    public record Category(
            String category, long streams, long events, boolean estimated, long lastPosition, Instant lastChange) {}

    public static CategoriesAnswer of(List<CategorySummary> found) {
        return new CategoriesAnswer(found.stream()
                .map(it -> new Category(
                        it.category(), it.streams(), it.events(), it.isEstimated(), it.lastPosition(), it.lastChange()))
                .toList());
    }
}
