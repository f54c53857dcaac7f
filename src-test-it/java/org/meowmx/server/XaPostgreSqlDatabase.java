package org.meowmx.server;

import org.postgresql.xa.PGXADataSource;

/** An XA data source. */
public class XaPostgreSqlDatabase extends PostgreSqlDatabase {

    @Override
    protected Class<?> provider() {
        return PGXADataSource.class;
    }
}
