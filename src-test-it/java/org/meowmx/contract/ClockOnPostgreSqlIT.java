package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = ClockContract.Handlers.class,
        config = {
            ClockContract.ENABLED,
            ClockContract.FAST,
            ClockContract.DELAY,
            ClockContract.LONGEST,
            ClockContract.PARK,
            ClockContract.ATTEMPTS
        },
        database = PostgreSqlDatabase.class)
class ClockOnPostgreSqlIT extends ClockContract {}
