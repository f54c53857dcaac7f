package org.meowmx.contract;

import org.meowmx.server.StrictPostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {SubscriptionContract.Handlers.class, SubscriptionContract.Request.class},
        database = StrictPostgreSqlDatabase.class)
class SubscriptionOnStrictPostgreSqlIT extends SubscriptionContract {}
