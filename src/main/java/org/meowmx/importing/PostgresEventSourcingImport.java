package org.meowmx.importing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.retry.Retry;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.OwnTransaction;

/**
 * Imports the tables of postgresql-event-sourcing or of meowmx for Python. Inject it.
 *
 * <p>An import may be repeated: what is in the log is not stored again, and what the source has got meanwhile is added. One that
 * was stopped goes on in the same way.
 */
@ApplicationScoped
public class PostgresEventSourcingImport {

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
    @ConfigProperty(name = "meowmx.append.max-events", defaultValue = "10000")
    int maxEvents;

    /** Imports from the current schema of a data source; see {@link #importFrom(DataSource, String)}. */
    public ImportReport importFrom(DataSource source) {
        return current.suspendedDuring(() -> run(source, null));
    }

    /**
     * Imports from a schema of a data source, which may be the store's own. The events are stored in transactions apart from
     * the caller's, a page each.
     *
     * @param source leads to PostgreSQL; only read from
     * @param schema its name, as the catalogue has it
     * @throws ImportException when the source cannot be imported as it is, found before anything is stored where it can be;
     *     or when the log differs from it
     * @throws org.meowmx.WrongExpectedVersionException or {@link org.meowmx.ContentionException} when somebody else kept
     *     writing to the same streams; import again
     */
    public ImportReport importFrom(DataSource source, String schema) {
        return current.suspendedDuring(() -> run(source, schema));
    }

    private ImportReport run(DataSource dataSource, @Nullable String schema) {
        ImportSource source = ImportSource.open(dataSource, schema);
        ImportWriter writer = new ImportWriter(store, own, maxEvents);
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
