package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {RetryContract.Work.class, RetryContract.WholeClass.class},
        database = PostgreSqlDatabase.class)
class RetryOnPostgreSqlIT extends RetryContract {}
