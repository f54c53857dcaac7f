package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = Sql.class, database = PostgreSqlDatabase.class)
class SnapshotOnPostgreSqlIT extends SnapshotContract {}
