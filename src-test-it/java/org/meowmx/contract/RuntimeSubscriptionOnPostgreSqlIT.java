package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = RuntimeSubscriptionContract.Observer.class,
        config = {RuntimeSubscriptionContract.ENABLED, RuntimeSubscriptionContract.RENAMED},
        database = PostgreSqlDatabase.class)
class RuntimeSubscriptionOnPostgreSqlIT extends RuntimeSubscriptionContract {}
