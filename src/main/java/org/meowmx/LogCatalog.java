package org.meowmx;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the log holds, for people and programs that look around in it. Listings are paged by their key: what is added behind
 * the last entry of a page is on a later one.
 */
public interface LogCatalog {

    /**
     * Which log this is. Whoever keeps a position outside of the database keeps this beside it: a position means nothing in
     * another log.
     */
    UUID logId();

    /**
     * The categories, in the order of their names.
     *
     * @param after only names behind this one; empty begins with the first
     * @param limit how many at most, 1 or greater
     */
    List<CategorySummary> categories(String after, int limit);

    /**
     * The streams of a category, in the order of their ids.
     *
     * @param prefix only ids that begin like this; empty is every id
     * @param after only ids behind this one; empty begins with the first
     * @param limit how many at most, 1 or greater
     */
    List<StreamSummary> streams(String category, String prefix, String after, int limit);

    /** How far back {@link #eventsPerSecond} looks, in seconds. */
    int RATE_SECONDS = 10;

    /**
     * How many events were recorded per second over the last {@value #RATE_SECONDS} seconds, by the database's clock. Where
     * there were very many, over as long as the newest of them took. Imported events count by the times that they brought.
     */
    double eventsPerSecond();

    /** The event of an id. */
    Optional<RecordedEvent> event(UUID id);

    /** Those of some event ids that are in the log. */
    Set<UUID> known(Collection<UUID> ids);
}
