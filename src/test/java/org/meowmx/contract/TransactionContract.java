package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;
import static org.meowmx.contract.AppendCommitContract.event;
import static org.meowmx.contract.AppendCommitContract.events;

import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.InvalidEventException;
import org.meowmx.LogQuery;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;

/** Promise atomic, in the caller's JTA transaction: reads within it, its commit and its rollback. */
abstract class TransactionContract {

    private static final StreamId STREAM = StreamId.of("órdenes", "№ 7/ä%..");

    @Inject
    EventStore events;

    private List<Long> versions(StreamId stream) {
        return events.read(stream).events().stream().map(RecordedEvent::version).toList();
    }

    @Test
    void a_refused_event_leaves_the_callers_transaction_usable() {
        Jta.committed(() -> {
            events.append(STREAM, any(), event(1));
            assertThatThrownBy(() -> events.append(STREAM, any(), event(2), NewEvent.of("noted", "{")))
                    .isInstanceOf(InvalidEventException.class);
            return events.append(STREAM, any(), event(3));
        });
        assertThat(versions(STREAM)).containsExactly(1L, 2L);
    }

    @Test
    void a_version_conflict_leaves_the_callers_transaction_usable() {
        events.append(STREAM, any(), event(1));
        StreamId other = StreamId.of("órdenes", UUID.randomUUID());
        Jta.committed(() -> {
            events.append(other, any(), event(1));
            assertThatThrownBy(() -> events.append(STREAM, noStream(), event(2)))
                    .isInstanceOf(WrongExpectedVersionException.class);
            return events.append(other, exactly(1), event(2));
        });
        assertThat(versions(other)).containsExactly(1L, 2L);
    }

    @Test
    void several_appends_of_one_transaction_commit_together() {
        StreamId other = StreamId.of("other", 2L);
        Jta.committed(() -> {
            events.append(STREAM, noStream(), event(1));
            events.append(other, noStream(), event(1), event(2));
            return events.append(STREAM, exactly(1), event(2));
        });
        assertThat(versions(STREAM)).containsExactly(1L, 2L);
        assertThat(versions(other)).containsExactly(1L, 2L);
    }

    @Test
    void a_rollback_of_the_caller_leaves_nothing() {
        Jta.rolledBack(() -> events.append(STREAM, noStream(), events(3)));

        assertThat(versions(STREAM)).isEmpty();
        assertThat(events.scan(LogQuery.all())).isEmpty();
        assertThat(events.append(STREAM, noStream(), event(1)).version()).isEqualTo(1);
    }

    @Test
    void half_of_a_call_cannot_be_committed() {
        StreamId taken = StreamId.of("z", 1L);
        StreamId free = StreamId.of("a", 1L);
        events.append(taken, any(), event(1));
        List<StreamAppend> both =
                List.of(StreamAppend.of(free, noStream(), event(1)), StreamAppend.of(taken, noStream(), event(1)));

        assertThatThrownBy(() -> Jta.committed(() -> {
                    assertThatThrownBy(() -> events.appendAll(both)).isInstanceOf(WrongExpectedVersionException.class);
                    return null;
                }))
                .hasCauseInstanceOf(jakarta.transaction.RollbackException.class);
        assertThat(versions(free)).isEmpty();
    }

    @Test
    void a_repeat_leaves_the_callers_transaction_usable() {
        NewEvent first = event(1).withId(UUID.randomUUID());
        StreamId other = StreamId.of("other", 2L);
        events.append(STREAM, noStream(), first);

        Jta.committed(() -> {
            assertThat(events.append(STREAM, noStream(), first).repeated()).isTrue();
            return events.append(other, any(), event(2));
        });
        assertThat(versions(other)).containsExactly(1L);
    }

    @Test
    void a_repeat_is_recognised_in_the_callers_transaction_when_the_stream_was_read_again() {
        NewEvent first = event(1).withId(UUID.randomUUID());
        NewEvent second = event(2).withId(UUID.randomUUID());
        events.append(STREAM, noStream(), first, second);

        Jta.committed(() -> {
            long version = events.read(STREAM).version();
            assertThat(events.append(STREAM, exactly(version), first, second).repeated())
                    .isTrue();
            assertThat(events.append(STREAM, exactly(version), second).repeated())
                    .isTrue();
            return events.append(STREAM, exactly(version), event(3).withId(UUID.randomUUID()));
        });
        assertThat(versions(STREAM)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_transaction_sees_its_own_events() {
        Jta.rolledBack(() -> {
            events.append(STREAM, any(), events(2));
            assertThat(versions(STREAM)).containsExactly(1L, 2L);
            return null;
        });
        assertThat(events.read(STREAM).isEmpty()).isTrue();
    }

    @Test
    void the_log_does_not_show_a_transactions_own_events_to_itself() {
        events.append(STREAM, any(), event(1));
        Jta.committed(() -> {
            events.append(STREAM, any(), event(2));
            events.append(StreamId.of("other", 2L), any(), event(3));
            assertThat(events.scan(LogQuery.all())).hasSize(1);
            return null;
        });
        assertThat(events.scan(LogQuery.all())).hasSize(3);
    }

    @Test
    void a_rolled_back_append_leaves_a_gap_that_nobody_waits_for() {
        events.append(STREAM, any(), event(1));
        Jta.rolledBack(() -> events.append(STREAM, any(), events(5)));
        events.append(STREAM, any(), event(2));

        assertThat(events.scan(LogQuery.all())).hasSize(2);
        assertThat(events.highWaterMark())
                .isGreaterThanOrEqualTo(events.scan(LogQuery.all().backwards())
                        .findFirst()
                        .orElseThrow()
                        .position());
    }
}
