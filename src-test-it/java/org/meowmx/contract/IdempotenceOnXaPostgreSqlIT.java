package org.meowmx.contract;

import org.meowmx.server.XaPostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

/** Only what an XA data source can change; the other tests of the contract run on a plain one. */
@MeowmxTest(database = XaPostgreSqlDatabase.class)
class IdempotenceOnXaPostgreSqlIT extends IdempotenceCommitContract {}
