package org.meowmx.contract;

import org.meowmx.server.XaPostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(database = XaPostgreSqlDatabase.class)
class TransactionOnXaPostgreSqlIT extends TransactionContract {}
