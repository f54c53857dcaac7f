package org.meowmx.storage;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.meowmx.StartupException;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.SchemaMode;
import org.meowmx.configuration.Settings;
import org.meowmx.transaction.Database;
import org.meowmx.transaction.OwnTransaction;

/** Checks and migrates the database before anything else of the application starts, or fails the deployment with the reasons. */
@ApplicationScoped
class StorageStartup {

    @PersistenceContext(unitName = "meowmx")
    EntityManager em;

    @Inject
    Database database;

    @Inject
    OwnTransaction own;

    @Inject
    Settings settings;

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) Startup event) {
        SchemaMode mode = settings.get(Keys.SCHEMA_MODE);
        if (mode == SchemaMode.MIGRATE) {
            refuse(MigrationTool.problems());
        }
        own.run(database::product); // the result is kept; the first query to the database needs a transaction, too
        StartupCheck check = check();
        requireNone(check::serverProblems);
        if (database.isPostgreSql()) {
            database.dataSource().map(new NamedStatements(em, own)::problems).ifPresent(StorageStartup::refuse);
        }
        if (mode == SchemaMode.MIGRATE) {
            requireNone(check::migrationProblems);
            SchemaMigration.run(dataSource(), Dialect.of(database.product()), own.run(check::schemaVersion));
        }
        if (mode != SchemaMode.NONE) {
            requireNone(check::schemaProblems);
        }
    }

    /** The check for this database; its methods need a transaction. */
    StartupCheck check() {
        return Dialect.of(database.product()).check(em);
    }

    private DataSource dataSource() {
        return database.dataSource()
                .orElseThrow(() -> new StartupException(
                        List.of("The persistence unit meowmx has no JTA data source: define jdbc/meowmx.")));
    }

    private void requireNone(Supplier<List<String>> problems) {
        refuse(own.run(problems));
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new StartupException(problems);
        }
    }
}
