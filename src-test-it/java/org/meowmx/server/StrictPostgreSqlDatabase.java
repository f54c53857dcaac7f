package org.meowmx.server;

/** Sessions that begin as serializable, as some administrators like it. */
public class StrictPostgreSqlDatabase extends PostgreSqlDatabase {

    @Override
    protected String url() {
        return super.url() + "%20-c%20default_transaction_isolation=serializable";
    }
}
