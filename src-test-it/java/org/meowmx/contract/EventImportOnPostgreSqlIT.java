package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = EventImportContract.Inline.class, database = PostgreSqlDatabase.class)
class EventImportOnPostgreSqlIT extends EventImportContract {}
