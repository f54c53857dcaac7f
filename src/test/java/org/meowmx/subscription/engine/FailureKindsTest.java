package org.meowmx.subscription.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meowmx.CapturedLog;
import org.meowmx.SequenceResetException;
import org.meowmx.subscription.FailureClassifier;
import org.meowmx.subscription.FailureKind;
import org.meowmx.transaction.TransactionLimits;

class FailureKindsTest {

    private static final Throwable DEADLOCK = new IllegalStateException(new SQLException("deadlock", "40P01"));
    private static final Throwable POISON = new IllegalStateException("poison");

    private static boolean isTransient(Throwable failure, Duration lasted, FailureClassifier... classifiers) {
        return new FailureKinds(() -> Stream.of(classifiers)).isTransient(failure, lasted, TransactionLimits.DEFAULT);
    }

    private static boolean isTransient(Throwable failure, FailureClassifier... classifiers) {
        return isTransient(failure, Duration.ZERO, classifiers);
    }

    @Test
    void the_database_is_to_blame_for_a_deadlock_and_the_event_for_other_failures() {
        assertThat(isTransient(DEADLOCK)).isTrue();
        assertThat(isTransient(POISON)).isFalse();
    }

    @Test
    void a_handler_is_not_to_blame_for_a_store_that_refuses() {
        assertThat(isTransient(new IllegalStateException(new SequenceResetException(1, 2))))
                .isTrue();
    }

    @Test
    void a_turn_beyond_its_own_limit_counts() {
        assertThat(isTransient(DEADLOCK, TransactionLimits.DEFAULT.longest())).isFalse();
    }

    @Test
    void a_classifier_of_the_application_decides_first() {
        assertThat(isTransient(POISON, failure -> Optional.empty(), failure -> Optional.of(FailureKind.TRANSIENT)))
                .isTrue();
        assertThat(isTransient(DEADLOCK, failure -> Optional.of(FailureKind.PERMANENT)))
                .isFalse();
    }

    @Test
    void a_classifier_that_throws_does_not_decide() {
        FailureClassifier broken = failure -> {
            throw new IllegalStateException("broken");
        };
        try (CapturedLog log = new CapturedLog(FailureKinds.class)) {
            assertThat(isTransient(DEADLOCK, broken)).isTrue();
            assertThat(isTransient(POISON, broken)).isFalse();
            assertThat(log.lines()).hasSize(2);
        }
    }
}
