package org.meowmx.contract;

import org.meowmx.server.XaPostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

/** Only the tests that an XA data source can affect. The other tests of the contract run on a plain data source. */
@MeowmxTest(database = XaPostgreSqlDatabase.class)
class IdempotenceOnXaPostgreSqlIT extends IdempotenceCommitContract {}
