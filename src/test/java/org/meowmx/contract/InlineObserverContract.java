package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.TransactionalException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.meowmx.Appended;
import org.meowmx.EventStore;
import org.meowmx.EventsAppended;
import org.meowmx.MeowmxException;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;

/** Observers inside the appending transaction, and in CDI's phases of it. */
abstract class InlineObserverContract {

    private static final StreamId STREAM = StreamId.of("order", 1L);
    private static final NewEvent PLACED = NewEvent.of(new OrderEvent.Placed("ann", BigDecimal.ONE));
    private static final NewEvent SHIPPED = NewEvent.of(new OrderEvent.Shipped(Instant.EPOCH));

    @Inject
    EventStore events;

    @Inject
    Stock stock;

    /** Observers of all kinds. */
    @ApplicationScoped
    static class Stock {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        /** The list. Tests cannot read the field, because they call the bean through a proxy. */
        List<String> seen() {
            return seen;
        }

        @Inject
        EventStore events;

        @PersistenceContext(unitName = "meowmx")
        EntityManager em;

        /** Inserts a row into a table of the application with a unique key. */
        private void storeRow() {
            em.createNativeQuery("""
                    insert into meowmx_parked_events (subscription, position, category, stream_id, version, parked_at)
                        values ('list', 1, 'order', '1', 1, current_timestamp)""").executeUpdate();
        }

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        TransactionSynchronizationRegistry transaction;

        void placed(@Observes @Appended OrderEvent.Placed placed, RecordedEvent recorded) {
            seen.add("placed v" + recorded.version());
            if (placed.customer().equals("mallory")) {
                throw new IllegalStateException("not for mallory");
            }
            if (placed.customer().equals("silent")) {
                transaction.setRollbackOnly();
            }
            if (placed.customer().equals("twice")) {
                storeRow();
                storeRow();
            }
            if (placed.customer().equals("outdated")) {
                events.append(StreamId.of("stock", 1L), exactly(7), NewEvent.of("reserved", "{}"));
            }
            if (placed.customer().equals("chained")) {
                events.append(StreamId.of("stock", 1L), any(), NewEvent.of("reserved", "{}"));
            }
        }

        void family(@Observes @Appended OrderEvent event) {
            seen.add("family " + event.getClass().getSimpleName());
        }

        void batch(@Observes EventsAppended appended) {
            seen.add("batch of " + appended.events().size());
        }

        void afterwards(@Observes(during = TransactionPhase.AFTER_SUCCESS) EventsAppended appended) {
            seen.add("after success");
        }

        void failed(@Observes(during = TransactionPhase.AFTER_FAILURE) EventsAppended appended) {
            seen.add("after failure");
        }
    }

    @Test
    void observers_are_called_in_the_transaction_and_in_its_phases() {
        Jta.committed(() -> {
            events.append(STREAM, noStream(), PLACED, SHIPPED);
            assertThat(stock.seen())
                    .containsExactlyInAnyOrder("placed v1", "family Placed", "family Shipped", "batch of 2");
            return null;
        });
        assertThat(stock.seen()).hasSize(5).endsWith("after success");
    }

    @Test
    void a_rollback_is_told_as_one() {
        Jta.rolledBack(() -> events.append(STREAM, noStream(), SHIPPED));

        assertThat(stock.seen()).containsExactly("family Shipped", "batch of 1", "after failure");
    }

    @Test
    void json_of_an_observed_type_is_told_as_an_object() {
        events.append(STREAM, any(), NewEvent.of("order-shipped", "{\"at\": \"2024-01-01T00:00:00Z\"}"));

        assertThat(stock.seen()).contains("family Shipped");
    }

    @Test
    void events_that_nobody_asks_for_are_only_told_as_a_batch() {
        events.append(STREAM, any(), NewEvent.of("noted", "{}"));

        assertThat(stock.seen()).containsExactly("batch of 1", "after success");
    }

    @Test
    void a_version_conflict_of_an_observer_is_none_after_which_the_callers_transaction_goes_on() {
        NewEvent outdated = NewEvent.of(new OrderEvent.Placed("outdated", BigDecimal.ONE));

        assertThatThrownBy(() -> Jta.committed(() -> {
                    assertThatThrownBy(() -> events.append(STREAM, noStream(), outdated))
                            .isInstanceOf(WrongExpectedVersionException.class);
                    return null;
                }))
                .hasCauseInstanceOf(RollbackException.class);
        assertThat(events.read(STREAM).version()).isZero();
    }

    @Test
    void an_exception_of_an_observer_fails_the_append() {
        NewEvent mallory = NewEvent.of(new OrderEvent.Placed("mallory", BigDecimal.ONE));

        assertThatThrownBy(() -> events.append(STREAM, any(), mallory)).hasMessageContaining("not for mallory");
        assertThat(events.read(STREAM).isEmpty()).isTrue();

        assertThatThrownBy(() -> Jta.committed(() -> {
                    assertThatThrownBy(() -> events.append(STREAM, any(), mallory))
                            .hasMessageContaining("mallory");
                    return null;
                }))
                .hasCauseInstanceOf(jakarta.transaction.RollbackException.class);
        assertThat(events.read(STREAM).isEmpty()).isTrue();
    }

    /** An append that returns has been committed. */
    @Test
    void an_observer_that_only_marks_the_transaction_for_rollback_fails_the_append() {
        NewEvent silent = NewEvent.of(new OrderEvent.Placed("silent", BigDecimal.ONE));

        assertThatThrownBy(() -> events.append(STREAM, any(), silent))
                .isInstanceOf(TransactionalException.class)
                .hasMessageContaining("marked for rollback");
        assertThat(events.read(STREAM).isEmpty()).isTrue();
    }

    @Test
    void a_unique_key_of_the_application_is_not_taken_for_an_event_id() {
        NewEvent twice = NewEvent.of(new OrderEvent.Placed("twice", BigDecimal.ONE));
        assertThatThrownBy(() -> events.append(STREAM, any(), twice))
                .isNotInstanceOf(MeowmxException.class)
                .hasStackTraceContaining("ConstraintViolationException");
        assertThat(events.read(STREAM).isEmpty()).isTrue();
    }

    @Test
    void an_observer_that_appends_does_so_in_the_same_transaction_and_as_a_consequence() {
        NewEvent chained = NewEvent.of(new OrderEvent.Placed("chained", BigDecimal.ONE));
        Jta.rolledBack(() -> events.append(STREAM, any(), chained));
        assertThat(events.read(StreamId.of("stock", 1L)).isEmpty()).isTrue();

        RecordedEvent cause = events.append(STREAM, any(), chained).last();
        assertThat(events.read(StreamId.of("stock", 1L))
                        .last()
                        .orElseThrow()
                        .metadata()
                        .causationId())
                .contains(cause.id());
    }

    @Test
    void a_repeat_is_not_told_again() {
        NewEvent once = PLACED.withId(java.util.UUID.randomUUID());
        events.append(STREAM, noStream(), once);
        stock.seen().clear();

        events.append(STREAM, noStream(), once);

        assertThat(stock.seen()).isEmpty();
    }
}
