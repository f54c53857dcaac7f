package org.meowmx.server;

/** An empty schema that the application owns, so the store creates its tables itself, and a test may damage them. */
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
