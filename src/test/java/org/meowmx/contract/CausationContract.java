package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.meowmx.CurrentEvent;
import org.meowmx.EventStore;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;

/** The metadata that the store adds to an event: its cause, and the current trace. */
abstract class CausationContract {

    private static final StreamId STREAM = StreamId.of("order", 1L);
    private static final NewEvent EVENT = NewEvent.of("noted", "{}");

    @Inject
    EventStore events;

    @Inject
    CurrentEvent current;

    private RecordedEvent append(NewEvent event) {
        events.append(STREAM, any(), event);
        return events.read(STREAM).last().orElseThrow();
    }

    @Test
    void an_event_appended_while_another_is_handled_is_its_consequence() {
        RecordedEvent cause = append(EVENT.withMetadata(Metadata.CORRELATION_ID, "request-7"));
        current.during(cause, () -> append(EVENT));

        Metadata effect = events.read(STREAM).last().orElseThrow().metadata();
        assertThat(effect.causationId()).contains(cause.id());
        assertThat(effect.correlationId()).contains("request-7");
        assertThat(append(EVENT).metadata().causationId())
                .as("the handling is over")
                .isEmpty();
    }

    @Test
    void what_the_writer_gives_is_kept() {
        RecordedEvent cause = append(EVENT);
        current.during(cause, () -> append(EVENT.withMetadata(Metadata.CORRELATION_ID, "mine")));

        Metadata effect = events.read(STREAM).last().orElseThrow().metadata();
        assertThat(effect.correlationId()).contains("mine");
        assertThat(effect.causationId()).contains(cause.id());
    }

    @Test
    void the_trace_of_the_moment_is_noted() {
        SpanContext span = SpanContext.create(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00f067aa0ba902b7",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        try (Scope scope = Span.wrap(span).makeCurrent()) {
            assertThat(append(EVENT).metadata().get("traceparent"))
                    .contains("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            assertThat(append(EVENT.withRecordedAt(Instant.EPOCH)).metadata())
                    .as("of an event of another time")
                    .isEqualTo(Metadata.none());
        }
        assertThat(append(EVENT).metadata().get("traceparent")).isEmpty();
    }
}
