package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {SubscriptionContract.Handlers.class, SubscriptionContract.Request.class},
        database = PostgreSqlDatabase.class)
class SubscriptionOnPostgreSqlIT extends SubscriptionContract {}
