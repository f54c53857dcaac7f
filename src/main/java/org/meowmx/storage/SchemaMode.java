package org.meowmx.storage;

/** What the store does about its tables at start; the values of {@code meowmx.schema.mode}. */
enum SchemaMode {

    /** Look, and refuse to start when something is missing. */
    VALIDATE,

    /** Bring the tables to this version, then look. */
    MIGRATE,

    /** Do not look at the tables. */
    NONE
}
