package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {FailureContract.Handlers.class, FailureContract.MailFailures.class, Sql.class},
        config = {
            FailureContract.ENABLED,
            FailureContract.FAST,
            FailureContract.DELAY,
            FailureContract.LONGEST,
            FailureContract.PARK,
            FailureContract.ATTEMPTS,
            FailureContract.TIMEOUT,
            FailureContract.PAIRS
        },
        database = PostgreSqlDatabase.class)
class FailureOnPostgreSqlIT extends FailureContract {}
