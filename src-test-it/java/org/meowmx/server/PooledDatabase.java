package org.meowmx.server;

import org.jspecify.annotations.Nullable;

/** A database of its own that is reached through PgBouncer in transaction mode, without prepared statements of the driver. */
public class PooledDatabase extends PostgreSqlDatabase {

    private static @Nullable PgBouncer pooler;
    private static @Nullable PostgreSqlServer server;

    public PooledDatabase() {
        super(begin());
        // a pooler accepts no search_path of the driver
        server.executeIn(
                server.database(), "alter database %s set search_path = %s".formatted(server.database(), schema()));
    }

    private static PostgreSqlServer begin() {
        server = PostgreSqlServer.sharedWithDatabase();
        pooler = PgBouncer.before(server);
        return server;
    }

    /** The PostgreSQL of the current test. */
    public static PostgreSqlServer server() {
        return server;
    }

    /** The address for a node. */
    public static ExistingDatabase with(String parameters) {
        return new ExistingDatabase(
                "jdbc:postgresql://127.0.0.1:%d/%s%s".formatted(pooler.port(), server.database(), parameters),
                APPLICATION,
                APPLICATION);
    }

    @Override
    protected String url() {
        return with("?prepareThreshold=0").url();
    }

    @Override
    public void close() {
        super.close();
        pooler.close();
    }
}
