package org.meowmx.subscription.engine;

import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {ReplayContract.Handlers.class, Sql.class},
        config = {ReplayContract.PARK, ReplayContract.ATTEMPTS, ReplayContract.RANDOM_IDS, ReplayContract.RENAMED})
class ReplayOnH2Test extends ReplayContract {}
