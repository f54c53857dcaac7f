package org.meowmx.server;

/** An empty schema that the application owns, so that the store makes its tables by itself, and a test may spoil them. */
public class OwnedPostgreSqlDatabase extends PostgreSqlDatabase {

    @Override
    public boolean hasTables() {
        return false;
    }

    @Override
    String user() {
        return PostgreSqlServer.shared().user();
    }

    @Override
    String password() {
        return PostgreSqlServer.shared().password();
    }
}
