package org.meowmx.contract;

import org.meowmx.server.Sql;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {ProjectionContract.Versions.class, Sql.class},
        config = {ProjectionContract.FROM_NOW, ProjectionContract.PARKS_AT_ONCE})
class ProjectionOnH2Test extends ProjectionContract {

    @Override
    void create(String table) {
        sql.run(table);
    }
}
