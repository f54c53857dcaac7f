package org.meowmx.storage;

import java.util.List;

/** The DDL in the jar. */
final class SchemaFiles {

    /** The schema version that this code works with. */
    static final int VERSION = 1;

    private static final String FOLDER = "org/meowmx/schema/";
    private static final List<String> NAMES = List.of("V1__event_store.sql");

    private SchemaFiles() {}

    /** The folder of a database's files: "postgresql" or "h2". */
    static String folder(String database) {
        return FOLDER + database;
    }

    static List<String> names() {
        return NAMES;
    }

    /** The file that leads to a version. */
    static String of(String database, int version) {
        return folder(database) + "/" + NAMES.get(version - 1);
    }

    static String grants(String database) {
        return folder(database) + "/grants.sql";
    }
}
