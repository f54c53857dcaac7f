package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.InconsistentStreamException;
import org.meowmx.NewEvent;
import org.meowmx.SequenceResetException;
import org.meowmx.StreamId;

/** Promise log-change-noticed: no append is acknowledged that readers would skip, and each error says how to repair the log. */
abstract class DamagedLogContract {

    private static final StreamId STREAM = StreamId.of("test", "it's 1");
    private static final StreamId OTHER = StreamId.of("test", "2");

    @Inject
    EventStore events;

    /** Runs a statement as the owner of the tables, in a transaction of its own. */
    abstract void asOwner(String sql);

    /** Sets the sequence, so the next position is the one after this. */
    abstract void setSequence(long position);

    static NewEvent event() {
        return NewEvent.of("noted", "{}");
    }

    private static NewEvent eventWithId() {
        return event().withId(UUID.randomUUID());
    }

    private static String repairOf(Throwable thrown) {
        String message = thrown.getMessage();
        return message.substring(Math.max(message.indexOf("insert into"), message.indexOf("select setval")));
    }

    static Throwable refusal(Runnable append) {
        try {
            append.run();
            return new AssertionError("was appended");
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void a_stream_row_below_its_events_is_named_with_the_statement_that_repairs_it() {
        events.append(STREAM, any(), event(), event(), event());
        asOwner("update meowmx_streams set version = 1 where stream_id = 'it''s 1'");

        Throwable refused = refusal(() -> events.append(STREAM, any(), event()));

        assertThat(refused).isInstanceOfSatisfying(InconsistentStreamException.class, e -> {
            assertThat(e.stream()).isEqualTo(STREAM);
            assertThat(e.storedVersion()).isEqualTo(1);
            assertThat(e.lastVersion()).isEqualTo(3);
        });
        assertThat(refused)
                .hasMessageStartingWith(
                        "Stream test/it's 1 is at version 1 in meowmx_streams, but its newest event has version 3");
        assertThatThrownBy(() -> events.append(STREAM, any(), eventWithId()))
                .as("with an id as well: it is not the id that is in the log")
                .isInstanceOf(InconsistentStreamException.class);
        assertThat(events.append(OTHER, any(), event()).version()).isEqualTo(1);

        asOwner(repairOf(refused));
        assertThat(events.append(STREAM, exactly(3), event()).version()).isEqualTo(4);
    }

    @Test
    void a_stream_whose_row_is_missing_is_named_too() {
        events.append(STREAM, any(), event(), event());
        asOwner("delete from meowmx_streams");

        Throwable refused = refusal(() -> events.append(STREAM, any(), event()));

        assertThat(refused).isInstanceOfSatisfying(InconsistentStreamException.class, e -> assertThat(e.storedVersion())
                .isZero());
        asOwner(repairOf(refused));
        assertThat(events.append(STREAM, any(), event()).version()).isEqualTo(3);
    }

    @Test
    void a_callers_transaction_that_meets_an_inconsistent_stream_stores_nothing() {
        events.append(STREAM, any(), event(), event());
        asOwner("update meowmx_streams set version = 1");
        List<Throwable> refused = new ArrayList<>();

        assertThatThrownBy(() -> Jta.committed(() -> {
                    events.append(OTHER, any(), event());
                    refused.add(refusal(() -> events.append(STREAM, any(), event())));
                    return null;
                }))
                .as("the transaction is marked for rollback")
                .isInstanceOf(Exception.class);

        assertThat(refused).singleElement().isInstanceOf(InconsistentStreamException.class);
        assertThat(events.read(OTHER).isEmpty()).isTrue();
    }

    @Test
    void an_append_at_a_position_that_an_event_has_is_refused() {
        events.append(STREAM, any(), event(), event(), event());
        setSequence(1);

        for (NewEvent event : List.of(event(), eventWithId())) {
            assertThatThrownBy(() -> events.append(OTHER, any(), event))
                    .isInstanceOfSatisfying(SequenceResetException.class, e -> assertThat(e.usedPosition())
                            .isEqualTo(3))
                    .hasMessageContaining("select setval('meowmx_events_position_seq', ");
        }
        assertThat(events.read(OTHER).isEmpty()).isTrue();
    }
}
