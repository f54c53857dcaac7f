package org.meowmx;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The catalog of the log: its categories, its streams and single events, for consoles and tools. Inject it.
 *
 * <p>Listings are paged by key: pass the last key of a page as {@code after} to get the next page. Entries that are
 * added after that key appear on a later page.
 */
public interface LogCatalog {

    /**
     * The identity of this log. A client that stores a position outside of the database stores this id with it, because
     * a position has no meaning in another log. The id is a row of the data: a restore or a failover does not change it.
     */
    UUID logId();

    /**
     * The newest event at or below a position; empty if there is none.
     *
     * <p>A client that stores a position outside of the database stores the position of an event that it has received, with
     * the id of this event. Before it continues, it requires that this method returns the same id for the same position.
     * Otherwise the log went back: it was restored from a backup, or a failover lost events.
     *
     * @param position 0 or greater
     * @throws StandbyException if the database is a standby
     */
    Optional<EventKey> newest(long position);

    /**
     * The categories, in the order of their names.
     *
     * @param after only names after this one; empty starts with the first
     * @param limit the largest number of entries, 1 or greater
     */
    List<CategorySummary> categories(String after, int limit);

    /**
     * The streams of a category, in the order of their ids.
     *
     * @param category the category; an unknown one has no streams
     * @param prefix only ids that begin with this text; empty is every id
     * @param after only ids after this one; empty starts with the first
     * @param limit the largest number of entries, 1 or greater
     */
    List<StreamSummary> streams(String category, String prefix, String after, int limit);

    /** The period over which {@link #eventsPerSecond} measures, in seconds. */
    int RATE_SECONDS = 10;

    /**
     * The number of events recorded per second over the last {@value #RATE_SECONDS} seconds, by the database's clock.
     *
     * <p>If very many events were recorded, the rate covers only the newest of them and the time that they span.
     * Imported events count at the time that the import gave them.
     */
    double eventsPerSecond();

    /** The event with this id; empty if it is not in the log. */
    Optional<RecordedEvent> event(UUID id);

    /** The subset of these event ids that are in the log. */
    Set<UUID> known(Collection<UUID> ids);
}
