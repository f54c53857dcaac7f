package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = SubscriptionControlContract.Handlers.class,
        config = {
            SubscriptionControlContract.FOUR_SEGMENTS,
            SubscriptionControlContract.FROM_NOW,
            SubscriptionControlContract.SMALL
        },
        database = PostgreSqlDatabase.class)
class SubscriptionControlOnPostgreSqlIT extends SubscriptionControlContract {}
