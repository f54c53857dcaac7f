package org.meowmx.contract;

import org.meowmx.server.StrictPostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(database = StrictPostgreSqlDatabase.class)
class LogOnStrictPostgreSqlIT extends LogContract {}
