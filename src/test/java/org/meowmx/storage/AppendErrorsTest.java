package org.meowmx.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.meowmx.EventIdConflictException;
import org.meowmx.ExpectedVersion;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

class AppendErrorsTest {

    /** A conflict of ids is explained without the database. */
    private static final AppendErrors ERRORS = new AppendErrors(null, null, null, null);

    private static RuntimeException conflictOf(int events) {
        List<Batch.Event> batch = LongStream.rangeClosed(1, events)
                .mapToObj(number -> new UUID(0, number))
                .map(id -> new Batch.Event(id, NewEvent.of("noted", "{}").withId(id), null, Metadata.none(), false))
                .toList();
        RuntimeException thrown =
                new IllegalStateException(new SQLException("secret \"meowmx_events_event_id_key\"", "23505"));
        return ERRORS.of(thrown, List.of(new Batch(StreamId.of("order", 7L), ExpectedVersion.any(), batch)));
    }

    @Test
    void a_conflict_that_the_database_reports_names_the_stream_and_the_ids_that_can_cause_it() {
        assertThat(conflictOf(1))
                .isInstanceOf(EventIdConflictException.class)
                .hasMessage(
                        "An event id cannot be appended to stream order/7: the log already has 00000000-0000-0000-0000-000000000001");
        assertThat(conflictOf(11))
                .hasMessageContaining("the log already has one of 11 ids: 00000000-0000-0000-0000-000000000001, ")
                .hasMessageEndingWith("00000000-0000-0000-0000-00000000000a, …");
    }
}
