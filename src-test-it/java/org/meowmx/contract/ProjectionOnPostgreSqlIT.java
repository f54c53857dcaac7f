package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import org.junit.jupiter.api.Test;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.SubscriptionConflictException;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {ProjectionContract.Versions.class, Sql.class},
        config = {ProjectionContract.FROM_NOW, ProjectionContract.PARKS_AT_ONCE},
        database = PostgreSqlDatabase.class)
class ProjectionOnPostgreSqlIT extends ProjectionContract {

    @Override
    void create(String table) {
        sql.asOwner(table);
    }

    @Test
    void a_slow_statement_of_a_handler_does_not_prolong_the_wait_of_the_serving_version() {
        events.append(StreamId.of("order", "1"), any(), NewEvent.of("ordered", "{}"));
        subscriptions.catchUp("shipping-list");
        versions.doDuringTurn(() -> sql.list("select 1 from pg_sleep(5)"));

        assertThatThrownBy(() -> projections.switchTo("shipping-list", 2))
                .isInstanceOf(SubscriptionConflictException.class)
                .hasMessageContaining("could not handle within 1000 ms");
        assertThat(projections.serving("shipping-list")).isEqualTo(1);

        versions.doDuringTurn(() -> {});
        projections.switchTo("shipping-list", 2);
    }
}
