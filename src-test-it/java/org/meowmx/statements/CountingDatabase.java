package org.meowmx.statements;

import org.meowmx.server.PostgreSqlDatabase;

/** A schema whose statements are counted. */
public class CountingDatabase extends PostgreSqlDatabase {

    @Override
    protected Class<?> provider() {
        return CountingDataSource.class;
    }
}
