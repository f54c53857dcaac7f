package org.meowmx.contract;

import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {LeaseContract.Seen.class, Sql.class})
class LeaseOnH2Test extends LeaseContract {

    @Override
    boolean isWaitingForLock() {
        return sql.number("select count(*) from information_schema.sessions where blocker_id is not null") > 0;
    }
}
