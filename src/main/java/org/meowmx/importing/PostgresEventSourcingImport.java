package org.meowmx.importing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventImport;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.Required;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.Settings;
import org.meowmx.retry.Retry;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/**
 * The import of the tables of postgresql-event-sourcing or of meowmx for Python. Inject it.
 *
 * <p>An import may be repeated: events that are already in the log are not stored again, and events that the source has
 * received since are added. An import that was interrupted continues in the same way.
 */
@ApplicationScoped
public class PostgresEventSourcingImport {

    @Inject
    EventImport eventImport;

    @Inject
    EventStore store;

    @Inject
    LogCatalog catalog;

    @Inject
    CurrentTransaction current;

    @Inject
    OwnTransaction own;

    @Inject
    Retry retry;

    @Inject
    Settings settings;

    /** Imports from the current schema of a data source; see {@link #importFrom(DataSource, String)}. */
    public ImportReport importFrom(DataSource source) {
        Required.present("source", source);
        return current.suspendedDuring(() -> run(source, null));
    }

    /**
     * Imports from a schema of a data source, which may be the store's own. Events are stored page by page, each page
     * in its own transaction, independent of the caller's.
     *
     * @param source a data source for PostgreSQL; it is only read
     * @param schema the name of the schema, as PostgreSQL's catalog spells it
     * @throws ImportException if the source cannot be imported as it is, or if the log differs from it. Problems of the
     *     source as a whole are found before anything is stored
     * @throws org.meowmx.WrongExpectedVersionException if another writer kept appending to the same streams. Import
     *     again
     * @throws org.meowmx.ContentionException if the database kept aborting a transaction because of a concurrent one.
     *     Import again
     */
    public ImportReport importFrom(DataSource source, String schema) {
        Required.present("source", source);
        Required.present("schema", schema);
        return current.suspendedDuring(() -> run(source, schema));
    }

    private ImportReport run(DataSource dataSource, @Nullable String schema) {
        ImportSource source = ImportSource.open(dataSource, schema);
        ImportWriter writer = new ImportWriter(eventImport, store, own, settings.get(Keys.MAX_EVENTS));
        Copy copy = new Copy(source, store, catalog, writer, retry);
        Comparison comparison = new Comparison();
        List<SourceEvent> page = source.page(SourceEvent.Place.START);
        while (!page.isEmpty()) {
            copy.store(page);
            comparison.compare(page, writer);
            page = source.page(page.get(page.size() - 1).place());
        }
        return new ImportReport(
                source.contents().streams(),
                comparison.events(),
                copy.stored(),
                comparison.moved(),
                source.countNow() - comparison.events());
    }
}
