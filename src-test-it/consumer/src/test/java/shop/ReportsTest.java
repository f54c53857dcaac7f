package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.testkit.InMemoryEventStore;

class ReportsTest {

    private static final StreamId ORDER = StreamId.of("order", 1);
    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

    private final InMemoryEventStore events = new InMemoryEventStore(Clock.fixed(DAY, ZoneOffset.UTC));
    private final Reports reports = new Reports();

    ReportsTest() {
        reports.events = events;
        events.append(ORDER, ExpectedVersion.noStream(), NewEvent.of(new OrderEvent.Placed("ann", BigDecimal.TEN)));
        for (int day = 0; day < 3; day++) {
            events.append(
                    ORDER,
                    ExpectedVersion.any(),
                    NewEvent.of(new OrderEvent.Paid(BigDecimal.valueOf(day))).withRecordedAt(day(day)));
        }
    }

    private static Instant day(int day) {
        return DAY.plusSeconds(86_400L * day);
    }

    @Test
    void what_was_paid_in_a_period_is_found() {
        assertThat(reports.paid(day(1), day(3))).containsExactly("1 1", "1 2");
    }

    @Test
    void a_stream_is_read_as_objects_and_page_by_page() {
        assertThat(reports.paid(ORDER)).isEqualTo(BigDecimal.valueOf(3));
        assertThat(reports.newestFirst(ORDER))
                .extracting(RecordedEvent::version)
                .containsExactly(4L, 3L, 2L, 1L);
    }
}
