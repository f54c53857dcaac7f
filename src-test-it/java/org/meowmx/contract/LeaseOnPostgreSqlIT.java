package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {LeaseContract.Seen.class, Sql.class},
        database = PostgreSqlDatabase.class)
class LeaseOnPostgreSqlIT extends LeaseContract {}
