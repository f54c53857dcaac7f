package org.meowmx.subscription;

import org.meowmx.EventTypes;
import org.meowmx.LogQuery;

/**
 * What the observers of one subscription ask for.
 *
 * @param name the subscription
 * @param category the category they agree on; empty for all
 * @param types the types with classes of their own
 * @param everyType whether an observer wants every event as recorded, whatever its type
 */
record Subscription(String name, String category, EventTypes types, boolean everyType) {

    /** The events that it asks for, after a position. */
    LogQuery after(long position) {
        LogQuery all = category.isEmpty() ? LogQuery.all() : LogQuery.category(category);
        LogQuery asked = everyType ? all : all.types(types.names());
        return asked.after(position);
    }
}
