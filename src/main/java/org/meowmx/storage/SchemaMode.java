package org.meowmx.storage;

/** What the store does with its tables at start: the values of {@code meowmx.schema.mode}. */
enum SchemaMode {

    /** Checks the tables, and fails the deployment if something is missing. */
    VALIDATE,

    /** Migrates the tables to this version, then checks them. */
    MIGRATE,

    /** Does not check the tables. */
    NONE
}
