package org.meowmx.storage;

import java.util.List;

/**
 * Checks at start whether the store can keep its promises on this database. Each problem is one sentence that says what was found, what
 * is required, and how to correct it. The methods need a transaction.
 */
interface StartupCheck {

    /** The problems of the database server. */
    List<String> serverProblems();

    /** The version of the tables, or 0 if they do not exist. */
    int schemaVersion();

    /** The reasons why a migration is not possible, on a server without problems. */
    List<String> migrationProblems();

    /** The problems of the tables, on a server without problems. */
    List<String> schemaProblems();
}
