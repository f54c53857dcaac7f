package org.meowmx.storage;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.function.Supplier;
import org.meowmx.StartupException;
import org.meowmx.configuration.Keys;
import org.meowmx.configuration.SchemaMode;
import org.meowmx.configuration.Settings;
import org.meowmx.transaction.OwnTransaction;

/** Makes the store ready before anything else of the application starts, or fails the deployment with the reasons. */
@ApplicationScoped
class StorageLifecycle {

    @Inject
    StartupCheck check;

    @Inject
    OwnTransaction transactions;

    @Inject
    Databases databases;

    @Inject
    Settings settings;

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) Startup event) {
        SchemaMode mode = settings.get(Keys.SCHEMA_MODE);
        refuse(problems(check::serverProblems));
        if (mode == SchemaMode.MIGRATE) {
            SchemaMigration.run(databases.dataSource(), check.database());
        }
        if (mode != SchemaMode.NONE) {
            refuse(problems(check::schemaProblems));
        }
    }

    private List<String> problems(Supplier<List<String>> look) {
        return transactions.run(look);
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new StartupException(problems);
        }
    }
}
