package org.meowmx.storage;

import java.util.List;

/** Finds out whether the application contains Flyway. Unlike {@link SchemaMigration}, this class can be loaded without it. */
final class MigrationTool {

    private static final List<String> NEEDED =
            List.of("org.flywaydb.core.Flyway", "org.flywaydb.database.postgresql.PostgreSQLDatabaseType");

    private MigrationTool() {}

    /** The reason why nothing can be migrated; empty if Flyway is present. */
    static List<String> problems() {
        ClassLoader loader = MigrationTool.class.getClassLoader();
        try {
            for (String name : NEEDED) {
                Class.forName(name, false, loader);
            }
            return List.of();
        } catch (ClassNotFoundException e) {
            return List.of(
                    "meowmx.schema.mode is migrate, but the application does not contain Flyway. Add the dependency org.flywaydb:flyway-database-postgresql, or run the SQL files of the library yourself and set meowmx.schema.mode to validate.");
        }
    }
}
