package org.meowmx.contract;

import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = Sql.class)
class SnapshotOnH2Test extends SnapshotContract {}
