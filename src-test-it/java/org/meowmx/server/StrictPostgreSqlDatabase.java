package org.meowmx.server;

/** A schema whose sessions begin as serializable, as some administrators configure it. */
public class StrictPostgreSqlDatabase extends PostgreSqlDatabase {

    @Override
    protected String url() {
        return super.url() + "%20-c%20default_transaction_isolation=serializable";
    }
}
