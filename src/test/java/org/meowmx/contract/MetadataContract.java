package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.InvalidEventException;
import org.meowmx.LogQuery;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;

/** The metadata of an event that its writer gives. */
abstract class MetadataContract {

    private static final StreamId STREAM = StreamId.of("order", 1L);
    private static final NewEvent EVENT = NewEvent.of("noted", "{}");

    @Inject
    EventStore events;

    private RecordedEvent append(NewEvent event) {
        events.append(STREAM, any(), event);
        return events.read(STREAM).last().orElseThrow();
    }

    @Test
    void notes_come_back_as_they_were_written() {
        Metadata notes = Metadata.of("user", "añn \"x\"").with("empty", "").with("emoji", "🐈");

        assertThat(append(EVENT.withMetadata(notes)).metadata()).isEqualTo(notes);
        assertThat(append(EVENT).metadata()).isEqualTo(Metadata.none());
    }

    @Test
    void notes_have_a_limit_up_to_which_they_come_back() {
        int around = "{\"\":\"\"}".length();
        Metadata largest = Metadata.of("k".repeat(8_000), "v".repeat(Metadata.MAX_SIZE - 8_000 - around));

        assertThat(append(EVENT.withMetadata(largest)).metadata()).isEqualTo(largest);
        assertThatThrownBy(() -> append(EVENT.withMetadata(largest.with("n", ""))))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("metadata: has 16391 characters as JSON, 16384 are allowed");
    }

    @Test
    void the_log_from_which_an_event_was_imported_does_not_count() {
        String log = "urn:uuid:" + UUID.randomUUID();
        Metadata largest = Metadata.of("k", "v".repeat(Metadata.MAX_SIZE - "{\"k\":\"\"}".length()));

        assertThat(append(EVENT.withMetadata(largest.with(Metadata.SOURCE, log)))
                        .metadata())
                .isEqualTo(largest.with(Metadata.SOURCE, log));
        assertThatThrownBy(() -> append(EVENT.withMetadata(largest.with("x", "").with(Metadata.SOURCE, log))))
                .hasMessage("metadata: has 16391 characters as JSON, 16384 are allowed");
        assertThatThrownBy(() -> append(EVENT.withMetadata(largest.with(Metadata.SOURCE, "/s"))))
                .isInstanceOf(InvalidEventException.class);
    }

    @Test
    void a_correlation_id_has_a_limit_up_to_which_it_is_found() {
        String longest = "c".repeat(Metadata.MAX_CORRELATION_ID);
        append(EVENT.withMetadata(Metadata.CORRELATION_ID, longest));

        assertThat(events.readPage(LogQuery.all().correlatedBy(longest), 10).events())
                .hasSize(1);
        assertThatThrownBy(() -> append(EVENT.withMetadata(Metadata.CORRELATION_ID, longest + "c")))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("metadata/correlationId: has 256 characters, 255 are allowed");
    }

    @Test
    void a_causation_id_of_another_kind_is_no_causation_id() {
        Metadata notes =
                append(EVENT.withMetadata(Metadata.CAUSATION_ID, "message 7")).metadata();

        assertThat(notes.get(Metadata.CAUSATION_ID)).contains("message 7");
        assertThat(notes.causationId()).isEmpty();
    }

    @Test
    void a_consequence_names_its_cause_and_carries_the_correlation_on() {
        RecordedEvent cause = append(EVENT);
        RecordedEvent effect = append(EVENT.causedBy(cause));
        RecordedEvent further = append(EVENT.causedBy(effect));

        assertThat(effect.metadata().causationId()).contains(cause.id());
        assertThat(effect.metadata().correlationId()).contains(cause.id().toString());
        assertThat(further.metadata().causationId()).contains(effect.id());
        assertThat(further.metadata().correlationId()).contains(cause.id().toString());
    }
}
