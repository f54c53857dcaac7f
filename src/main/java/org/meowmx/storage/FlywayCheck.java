package org.meowmx.storage;

import java.util.List;

/**
 * Whether the application contains Flyway, which is optional. A class of its own: {@link SchemaMigration} cannot be loaded without
 * Flyway.
 */
final class FlywayCheck {

    private FlywayCheck() {}

    /** The reason why nothing can be migrated; empty if Flyway is there. */
    static List<String> problems() {
        try {
            Class.forName("org.flywaydb.core.Flyway", false, FlywayCheck.class.getClassLoader());
            Class.forName(
                    "org.flywaydb.database.postgresql.PostgreSQLDatabaseType",
                    false,
                    FlywayCheck.class.getClassLoader());
            return List.of();
        } catch (ClassNotFoundException e) {
            return List.of(
                    "meowmx.schema.mode is migrate, but the application does not contain Flyway. Add the dependency org.flywaydb:flyway-database-postgresql, or run the SQL files of the library yourself and set meowmx.schema.mode to validate.");
        }
    }
}
