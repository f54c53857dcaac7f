package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(database = PostgreSqlDatabase.class)
class CausationOnPostgreSqlIT extends CausationContract {}
