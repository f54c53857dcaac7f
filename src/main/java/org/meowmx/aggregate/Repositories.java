package org.meowmx.aggregate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.Required;

/** The factory of repositories. Inject it. */
@ApplicationScoped
public class Repositories {

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @Inject
    SnapshotEngine snapshotting;

    /**
     * A repository that folds each stream from its first event.
     *
     * @param category the category of its streams
     * @param family the class of all their events
     * @param decider the behaviour
     */
    public <C, S, E> Repository<C, S, E> of(String category, Class<E> family, Decider<C, S, E> decider) {
        return new StreamRepository<>(events, catalog, category, family, decider, null);
    }

    /**
     * A repository that keeps snapshots, for categories with long streams.
     *
     * @param category the category of its streams
     * @param family the class of all their events
     * @param decider the behaviour
     * @param snapshots the form of the snapshots, and when to take them
     */
    public <C, S, E> Repository<C, S, E> of(
            String category, Class<E> family, Decider<C, S, E> decider, Snapshots<S, ?> snapshots) {
        return new StreamRepository<>(
                events,
                catalog,
                category,
                family,
                decider,
                snapshotting.keeper(Required.present("snapshots", snapshots)));
    }
}
