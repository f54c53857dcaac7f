package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {LeaseContract.Seen.class, Sql.class},
        database = PostgreSqlDatabase.class)
class LeaseOnPostgreSqlIT extends LeaseContract {

    @Override
    boolean isWaitingForLock() {
        return sql.number("select count(*) from pg_locks where not granted") > 0;
    }
}
