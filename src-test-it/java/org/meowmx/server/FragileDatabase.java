package org.meowmx.server;

import org.jspecify.annotations.Nullable;

/** A schema on a separate PostgreSQL, which the test may kill. */
public class FragileDatabase extends PostgreSqlDatabase {

    private static @Nullable FragilePostgreSql running;

    public FragileDatabase() {
        super(begin());
    }

    private static PostgreSqlServer begin() {
        running = FragilePostgreSql.start();
        return running.server();
    }

    /** The PostgreSQL of the current test. */
    public static FragilePostgreSql running() {
        if (running == null) {
            throw new IllegalStateException("The test has no database of this class");
        }
        return running;
    }

    @Override
    public void close() {
        running().close();
        running = null;
    }
}
