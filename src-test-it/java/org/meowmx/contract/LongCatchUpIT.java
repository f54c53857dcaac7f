package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.meowmx.RecordedEvent;
import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.server.Sql;
import org.meowmx.subscription.Subscribed;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.MeowmxTest;

/** Promise bounded-memory: a long backlog does not grow the heap; {@code -Dbacklog=1000000} makes it longer. */
@MeowmxTest(
        beans = {LongCatchUpIT.Counter.class, Sql.class},
        config = "meowmx.subscription.batch-size=1000",
        database = PostgreSqlDatabase.class)
class LongCatchUpIT {

    private static final int EVENTS = Integer.getInteger("backlog", 250_000);

    /** Less than the smallest object that could be kept of each event. */
    private static final long BYTES_PER_EVENT = 16;

    private static final String FILL = """
            insert into meowmx_events (event_id, category, stream_id, version, slice, type, data, metadata, recorded_at)
            select gen_random_uuid(), 'test', cast(n %% 1000 as text), n / 1000 + 1, n %% 1024, 'noted',
                   '{"number": 1, "text": "a few words as an event may have them"}', '{}', now()
            from generate_series(0, %d - 1) as n""";

    @Inject
    Subscriptions subscriptions;

    @Inject
    Counter counter;

    @Inject
    Sql sql;

    /** Counts events, checks their order, and measures the heap at intervals. */
    @ApplicationScoped
    static class Counter {

        private long count;
        private long last;
        private long firstHeap;
        private long largestHeap;

        void count(@Observes @Subscribed("counter") RecordedEvent event) {
            assertThat(event.position()).isGreaterThan(last);
            last = event.position();
            count++;
            if (count % (EVENTS / 5) == 0) {
                long heap = heapInUse();
                firstHeap = firstHeap == 0 ? heap : firstHeap;
                largestHeap = Math.max(largestHeap, heap);
            }
        }

        private static long heapInUse() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        long seen() {
            return count;
        }

        long growth() {
            return largestHeap - firstHeap;
        }
    }

    @Test
    void a_long_backlog_is_caught_up_with_in_order_and_with_a_flat_heap() {
        Jta.committed(() -> sql.run(FILL.formatted(EVENTS)));

        long started = System.nanoTime();
        assertThat(subscriptions.catchUp("counter")).isEqualTo(EVENTS);
        System.out.printf(
                "%d events in %.1f s, heap grew by %d KiB%n",
                EVENTS, (System.nanoTime() - started) / 1e9, counter.growth() / 1024);

        assertThat(counter.seen()).isEqualTo(EVENTS);
        assertThat(counter.growth()).isLessThan(BYTES_PER_EVENT * EVENTS);
    }
}
