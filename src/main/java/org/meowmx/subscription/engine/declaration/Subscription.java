package org.meowmx.subscription.engine.declaration;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventTypes;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;

/**
 * What the observers of one subscription ask for.
 *
 * @param name the subscription
 * @param category the category they agree on; null for all
 * @param types the types with classes of their own
 * @param storedTypes the types under which events of those are stored: their own, and those that upcasters lead to them
 * @param everyType whether an observer wants events as recorded or by the page, whatever their type
 * @param single whether an observer wants single events as recorded
 * @param pages whether an observer wants them by the page
 */
public record Subscription(
        String name,
        @Nullable String category,
        EventTypes types,
        Set<String> storedTypes,
        boolean everyType,
        boolean single,
        boolean pages) {

    /** This subscription, with what upcasters make of its types. */
    Subscription storedAs(Set<String> stored) {
        return new Subscription(name, category, types, stored, everyType, single, pages);
    }

    /** The events of a segment that it asks for, after a position. */
    public LogQuery query(Segments.Range slices, long after, long upTo) {
        LogQuery all = category == null ? LogQuery.all() : LogQuery.category(category);
        LogQuery asked = everyType ? all : all.types(storedTypes);
        return asked.slices(slices.first(), slices.last()).after(after).upTo(upTo);
    }

    /** Whether an event is among those that the query finds in the log. */
    public boolean asksFor(RecordedEvent event) {
        boolean categories = category == null || category.equals(event.stream().category());
        return categories && (everyType || storedTypes.contains(event.type()));
    }

    public Filter filter() {
        return everyType ? Filter.ofEveryType(category, storedTypes) : Filter.of(category, storedTypes);
    }
}
