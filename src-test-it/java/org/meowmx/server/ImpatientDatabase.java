package org.meowmx.server;

/** Sessions that wait for a lock for a tenth of a second only, as some administrators like it. */
public class ImpatientDatabase extends PostgreSqlDatabase {

    @Override
    protected String url() {
        return super.url() + "%20-c%20lock_timeout=100ms";
    }
}
