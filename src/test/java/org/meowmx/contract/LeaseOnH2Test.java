package org.meowmx.contract;

import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {LeaseContract.Seen.class, Sql.class})
class LeaseOnH2Test extends LeaseContract {}
