package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = InlineObserverContract.Stock.class, database = PostgreSqlDatabase.class)
class InlineObserverOnPostgreSqlIT extends InlineObserverContract {}
