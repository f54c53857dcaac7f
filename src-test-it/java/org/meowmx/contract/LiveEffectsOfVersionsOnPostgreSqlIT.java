package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = LiveEffectsOfVersionsContract.Invoicing.class, database = PostgreSqlDatabase.class)
class LiveEffectsOfVersionsOnPostgreSqlIT extends LiveEffectsOfVersionsContract {}
