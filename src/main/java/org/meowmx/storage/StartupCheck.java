package org.meowmx.storage;

import java.util.List;

/** Looks at start whether the store can keep its promises on this database. Each problem is one sentence with a way out. */
interface StartupCheck {

    /** The folder of this database's files. */
    String database();

    /** What is wrong with the server. */
    List<String> serverProblems();

    /** What is wrong with the tables; asked when the server is right. */
    List<String> schemaProblems();
}
