package org.meowmx.subscription.engine.declaration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventTypes;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;

/**
 * A subscription, as its observers declare it together.
 *
 * @param name the name of the subscription
 * @param category the category of all observers; null means every category
 * @param types the event types whose classes are observed
 * @param storedTypes the types under which such events are stored: the observed types, and older ones that upcasters convert to
 *     them
 * @param everyType whether an observer reads events of every type, as single events or as pages
 * @param single whether an observer receives {@link RecordedEvent}s
 * @param pages whether an observer receives an {@link org.meowmx.subscription.EventPage}
 * @param liveOnly descriptions of the observers that are called only for events which are not handled again
 * @param handler handles the events instead of observers; null if observers or workers outside of the JVM handle them
 */
public record Subscription(
        String name,
        @Nullable String category,
        EventTypes types,
        Set<String> storedTypes,
        boolean everyType,
        boolean single,
        boolean pages,
        List<String> liveOnly,
        @Nullable Consumer<RecordedEvent> handler) {

    public Subscription {
        liveOnly = List.copyOf(liveOnly);
    }

    /**
     * A subscription that is declared at run time.
     *
     * @param types the event types; empty means every type
     * @param handler handles the events; null if workers outside of the JVM handle them
     */
    public static Subscription atRunTime(
            String name, @Nullable String category, Set<String> types, @Nullable Consumer<RecordedEvent> handler) {
        return new Subscription(
                name, category, new EventTypes(Map.of()), types, types.isEmpty(), true, false, List.of(), handler);
    }

    /** The version of the projection that this subscription builds. */
    public ProjectionVersion version() {
        return ProjectionVersion.of(name);
    }

    /** The same subscription with the types under which its events are stored. */
    Subscription storedAs(Set<String> stored) {
        return new Subscription(name, category, types, stored, everyType, single, pages, liveOnly, handler);
    }

    /** The query for the events of this subscription in a segment, between two positions. */
    public LogQuery query(Segments.Range slices, long after, long upTo) {
        LogQuery all = category == null ? LogQuery.all() : LogQuery.category(category);
        LogQuery asked = everyType ? all : all.types(storedTypes);
        return asked.slices(slices.first(), slices.last()).after(after).upTo(upTo);
    }

    /** Whether the query finds events of a category and a type. */
    public boolean asksFor(String eventCategory, String type) {
        return (category == null || category.equals(eventCategory)) && (everyType || storedTypes.contains(type));
    }

    /** The filter that the checkpoints store. */
    public Filter filter() {
        return everyType ? Filter.ofEveryType(category, storedTypes) : Filter.of(category, storedTypes);
    }
}
