package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.meowmx.ContentionException;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;
import org.meowmx.retry.Attempts;
import org.meowmx.retry.RetriedOnConflict;
import org.meowmx.retry.Retry;

/** The retry of a conflict: from the start, in a new transaction, with a limited number of attempts. */
abstract class RetryContract {

    private static final StreamId STREAM = StreamId.of("account", 1L);
    private static final StreamId LOG = StreamId.of("attempts", 1L);
    private static final NewEvent EVENT = NewEvent.of("noted", "{}");

    @Inject
    EventStore events;

    @Inject
    Work work;

    @Inject
    WholeClass wholeClass;

    @Inject
    Retry retry;

    /** Work that conflicts with a faster writer a few times. */
    @ApplicationScoped
    static class Work {

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        TransactionSynchronizationRegistry registry;

        @Inject
        EventStore events;

        private final List<Object> transactions = new CopyOnWriteArrayList<>();
        private volatile int conflicts;
        private volatile RuntimeException failure = new ContentionException("40P01", null);

        void meet(int faster) {
            conflicts = faster;
        }

        void failWith(RuntimeException thrown) {
            failure = thrown;
        }

        List<Object> transactions() {
            return transactions;
        }

        @RetriedOnConflict(attempts = 4, longestPauseMillis = 1)
        @Transactional
        public long append() {
            return attempt();
        }

        @Transactional
        @RetriedOnConflict(attempts = 4, longestPauseMillis = 1)
        public void fail() {
            transactions.add(registry.getTransactionKey());
            events.append(LOG, any(), EVENT);
            throw failure;
        }

        /** Reads, is overtaken, and appends under the version that it has read. */
        long attempt() {
            transactions.add(registry.getTransactionKey());
            long version = events.read(STREAM).version();
            if (conflicts > 0) {
                conflicts--;
                CompletableFuture.runAsync(() -> events.append(STREAM, any(), EVENT))
                        .join();
            }
            events.append(LOG, any(), EVENT);
            return events.append(STREAM, exactly(version), EVENT).version();
        }
    }

    /** A class with the annotation on the class. */
    @ApplicationScoped
    @RetriedOnConflict(attempts = 2, longestPauseMillis = 1)
    @Transactional
    static class WholeClass {

        @Inject
        Work work;

        public long append() {
            return work.attempt();
        }
    }

    @Test
    void a_transactional_method_is_called_again_in_a_new_transaction() {
        work.meet(3);

        assertThat(work.append()).isEqualTo(4);

        assertThat(work.transactions()).hasSize(4).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(events.read(LOG).version())
                .as("what the failed attempts wrote is rolled back")
                .isEqualTo(1);
    }

    @Test
    void attempts_are_bounded_and_the_last_exception_is_thrown() {
        work.meet(4);

        assertThatThrownBy(work::append)
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, e -> assertThat(e.actual())
                        .isEqualTo(4));
        assertThat(work.transactions()).hasSize(4);
        assertThat(events.read(LOG).isEmpty()).isTrue();
    }

    @Test
    void contention_is_retried_and_any_other_exception_is_not() {
        assertThatThrownBy(work::fail).isInstanceOf(ContentionException.class);
        assertThat(work.transactions()).hasSize(4);

        work.failWith(new IllegalStateException("no"));
        assertThatThrownBy(work::fail).hasMessage("no");
        assertThat(work.transactions()).hasSize(5);
    }

    @Test
    void a_class_can_be_retried_as_a_whole() {
        work.meet(1);

        assertThat(wholeClass.append()).isEqualTo(2);
        assertThat(work.transactions()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void a_caller_with_a_transaction_is_refused() {
        assertThatThrownBy(() -> Jta.rolledBack(work::append))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Work.append cannot be retried inside the caller's transaction, because most conflicts doom that "
                                + "transaction. Retry where the transaction begins");
        assertThat(work.transactions()).isEmpty();
    }

    @Test
    void a_call_is_retried_in_new_transactions() {
        work.meet(3);

        assertThat(retry.onConflict(new Attempts(4, Duration.ZERO), () -> work.attempt()))
                .isEqualTo(4);

        assertThat(work.transactions()).hasSize(4).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(events.read(LOG).version()).isEqualTo(1);
    }

    @Test
    void a_call_that_goes_well_is_made_once() {
        retry.onConflict(() -> {
            work.attempt();
        });

        assertThat(work.transactions()).hasSize(1);
        assertThat(events.read(STREAM).version()).isEqualTo(1);
    }
}
