package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.meowmx.*;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.server.PostgreSqlDatabase;

@MeowmxTest(database = PostgreSqlDatabase.class)
class SmokeIT {
    @Inject
    EventStore events;

    @Test
    void works() {
        StreamId id = StreamId.of("order", 1);
        events.append(id, ExpectedVersion.noStream(), NewEvent.of(new OrderEvent.Placed("ann", new BigDecimal("12.50"))));
        events.append(id, ExpectedVersion.any(), NewEvent.of(new OrderEvent.Placed("ann", new BigDecimal("12.50"))), NewEvent.of(new OrderEvent.Placed("ann", new BigDecimal("12.50"))));
        assertThat(events.read(id).as(OrderEvent.class)).contains(new OrderEvent.Placed("ann", new BigDecimal("12.50")));
        assertThat(events.highWaterMark()).isEqualTo(3);
        assertThat(events.scan(LogQuery.category("order"))).hasSize(3);
    }
}
