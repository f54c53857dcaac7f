package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;

/** What is noted beside an event: by the writer. */
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
