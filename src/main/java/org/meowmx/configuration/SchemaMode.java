package org.meowmx.configuration;

/** How the store checks or migrates its tables at start; the values of {@link Keys#SCHEMA_MODE}. */
public enum SchemaMode {

    /** Checks the tables and refuses to start if something is missing. */
    VALIDATE,

    /** Updates the tables to this version, then checks them. */
    MIGRATE,

    /** Does not check the tables. */
    NONE
}
