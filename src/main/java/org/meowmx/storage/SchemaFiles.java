package org.meowmx.storage;

import java.util.List;

/** The files with DDL in the jar. */
final class SchemaFiles {

    /** The schema version that this code works with. */
    static final int VERSION = 1;

    private static final String FOLDER = "org/meowmx/schema/";

    /** One file per version, the oldest first. */
    private static final List<String> NAMES = List.of("V1__event_store.sql");

    private SchemaFiles() {}

    static String folder(Dialect dialect) {
        return FOLDER + dialect.folder();
    }

    static List<String> names() {
        return NAMES;
    }

    /** The file that migrates to a version. */
    static String of(Dialect dialect, int version) {
        return folder(dialect) + "/" + NAMES.get(version - 1);
    }

    static String grants(Dialect dialect) {
        return folder(dialect) + "/grants.sql";
    }
}
