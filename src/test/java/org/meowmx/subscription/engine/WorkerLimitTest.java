package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.meowmx.CapturedLog;

/** The number of workers that run at the same time if the pool is too small. The test moves the clock. */
class WorkerLimitTest {

    private static final Throwable NO_CONNECTION =
            new IllegalStateException(new SQLTransientConnectionException("no connection after 30 s"));

    private long now;
    private final WorkerLimit limit = new WorkerLimit(() -> now);

    private int begin(int workers) {
        int begun = 0;
        for (int number = 0; number < workers; number++) {
            begun += limit.tryBegin() ? 1 : 0;
        }
        return begun;
    }

    private void endAll(int workers) {
        for (int number = 0; number < workers; number++) {
            limit.end();
        }
    }

    private void afterHolding() {
        now += WorkerLimit.HOLDS.toNanos();
    }

    @Test
    void nothing_limits_workers_while_the_pool_has_connections() {
        assertThat(begin(100)).isEqualTo(100);
        limit.failed(new IllegalStateException(new SQLException("deadlock", "40P01")));
        assertThat(begin(1)).isEqualTo(1);
        assertThat(limit.isReduced()).isFalse();
    }

    @Test
    void an_empty_pool_leaves_a_quarter_of_the_workers_and_the_number_grows_again() {
        try (CapturedLog logged = new CapturedLog(WorkerLimit.class)) {
            begin(8);
            limit.failed(NO_CONNECTION);
            limit.failed(NO_CONNECTION);
            assertThat(logged.lines()).hasSize(1);
        }
        assertThat(begin(1)).isZero();
        endAll(8);
        assertThat(begin(8)).isEqualTo(2);
        assertThat(limit.isReduced()).isTrue();
        endAll(2);

        afterHolding();
        assertThat(begin(8)).isEqualTo(4);
        endAll(4);
        afterHolding();
        assertThat(limit.isReduced()).isFalse();
        assertThat(begin(100)).isEqualTo(100);
    }

    @Test
    void a_pool_may_report_its_timeout_without_an_sqlstate() {
        begin(8);
        try (CapturedLog logged = new CapturedLog(WorkerLimit.class)) {
            limit.failed(new IllegalStateException(new SQLException("Sorry, acquisition timeout!")));
        }
        assertThat(limit.isReduced()).isTrue();
    }

    @Test
    void at_least_one_worker_runs() {
        begin(2);
        try (CapturedLog logged = new CapturedLog(WorkerLimit.class)) {
            limit.failed(NO_CONNECTION);
        }
        endAll(2);
        assertThat(begin(2)).isEqualTo(1);
    }
}
