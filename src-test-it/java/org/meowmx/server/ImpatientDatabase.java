package org.meowmx.server;

/** A schema whose sessions have a lock timeout of a tenth of a second, as some administrators configure it. */
public class ImpatientDatabase extends PostgreSqlDatabase {

    @Override
    protected String url() {
        return super.url() + "%20-c%20lock_timeout=100ms";
    }
}
