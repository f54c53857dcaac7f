package org.meowmx.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meowmx.CurrentEvent;
import org.meowmx.EventStore;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {MetadataContributorTest.First.class, MetadataContributorTest.Second.class})
class MetadataContributorTest {

    private static final StreamId STREAM = StreamId.of("order", 1);
    private static final NewEvent EVENT = NewEvent.of("noted", "{}");

    @ApplicationScoped
    @Priority(1)
    static class First implements MetadataContributor {

        private Thread thread = Thread.currentThread();

        @Override
        public Metadata contribute(StreamAppend append) {
            thread = Thread.currentThread();
            if (append.stream().category().equals("forbidden")) {
                throw new IllegalStateException("nobody may append here");
            }
            return Metadata.of("tenant", "of " + append.stream().id()).with("user", "first");
        }

        boolean ranHere() {
            return thread == Thread.currentThread();
        }
    }

    @ApplicationScoped
    static class Second implements MetadataContributor {

        @Override
        @SuppressWarnings("NullAway")
        public Metadata contribute(StreamAppend append) {
            return append.stream().category().equals("empty")
                    ? null
                    : Metadata.of("user", "second").with(Metadata.CORRELATION_ID, "request-7");
        }
    }

    @Inject
    EventStore events;

    @Inject
    CurrentEvent current;

    @Inject
    First first;

    private RecordedEvent append(NewEvent event) {
        return events.append(STREAM, any(), event).last();
    }

    @Test
    void each_append_gets_what_the_contributors_give() {
        assertThat(append(EVENT).metadata())
                .isEqualTo(new Metadata(Map.of("tenant", "of 1", "user", "first", "correlationId", "request-7")));
        assertThat(events.read(STREAM).last().orElseThrow().metadata().get("tenant"))
                .contains("of 1");
        assertThat(first.ranHere()).isTrue();
    }

    @Test
    void each_stream_of_an_append_is_asked_for() {
        events.appendAll(List.of(
                StreamAppend.of(STREAM, any(), EVENT), StreamAppend.of(StreamId.of("order", 2), any(), EVENT, EVENT)));

        assertThat(events.read(StreamId.of("order", 2)))
                .extracting(event -> event.metadata().get("tenant").orElseThrow())
                .containsExactly("of 2", "of 2");
    }

    @Test
    void what_the_writer_gives_is_kept() {
        assertThat(append(EVENT.withMetadata("tenant", "mine")).metadata().get("tenant"))
                .contains("mine");
    }

    @Test
    void the_event_that_is_handled_has_precedence() {
        RecordedEvent cause = append(EVENT.withMetadata(Metadata.CORRELATION_ID, "request-1"));

        current.during(cause, () -> append(EVENT));

        assertThat(events.read(STREAM).last().orElseThrow().metadata().correlationId())
                .contains("request-1");
    }

    @Test
    void an_event_of_another_time_gets_nothing() {
        assertThat(append(EVENT.withRecordedAt(Instant.EPOCH)).metadata()).isEqualTo(Metadata.none());
    }

    @Test
    void a_contributor_refuses_an_append_by_its_exception() {
        StreamId forbidden = StreamId.of("forbidden", 1);

        assertThatThrownBy(() -> events.append(forbidden, any(), EVENT)).hasMessage("nobody may append here");

        assertThat(events.read(forbidden).isEmpty()).isTrue();
    }

    @Test
    void a_contributor_that_returns_null_is_named() {
        assertThatThrownBy(() -> events.append(StreamId.of("empty", 1), any(), EVENT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Second")
                .hasMessageEndingWith(
                        "returned null for an append to empty/1. Return Metadata.none() if it has nothing to add");
    }
}
