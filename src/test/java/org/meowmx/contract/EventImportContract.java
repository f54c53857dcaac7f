package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.Appended;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventImport;
import org.meowmx.EventStore;
import org.meowmx.EventType;
import org.meowmx.ImportResult;
import org.meowmx.ImportedEvent;
import org.meowmx.InvalidEventException;
import org.meowmx.LogQuery;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;

/** Copying events of many streams: their order, known events, and all or nothing. */
abstract class EventImportContract {

    private static final StreamId A = StreamId.of("copied", "a");
    private static final StreamId B = StreamId.of("copied", "b");

    @Inject
    EventImport imports;

    @Inject
    EventStore events;

    @Inject
    Inline inline;

    /** An event that an inline observer sees. */
    @EventType("copied")
    record Copied(int number) {}

    /** Records the events that it observes. */
    @ApplicationScoped
    static class Inline {

        private final List<Integer> seen = new ArrayList<>();

        List<Integer> seen() {
            return seen;
        }

        void copied(@Observes @Appended Copied event) {
            seen.add(event.number());
        }
    }

    @BeforeEach
    void forget() {
        inline.seen().clear();
    }

    private static ImportedEvent event(StreamId stream, int number) {
        return ImportedEvent.of(
                stream,
                NewEvent.of("copied", "{\"number\": " + number + "}")
                        .withId(new UUID(7, number))
                        .withRecordedAt(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(number)));
    }

    private static ImportedEvent at(long version, ImportedEvent event) {
        return new ImportedEvent(event.stream(), event.event(), version);
    }

    private List<UUID> log() {
        return events.scan(LogQuery.all()).map(RecordedEvent::id).toList();
    }

    @Test
    void events_of_several_streams_keep_their_order_their_time_and_their_ids() {
        List<ImportedEvent> history = List.of(event(A, 1), event(B, 2), event(A, 3), event(B, 4), event(A, 5));

        assertThat(imports.store(history)).isEqualTo(new ImportResult(5, 0));

        assertThat(log())
                .containsExactlyElementsOf(
                        history.stream().map(ImportedEvent::id).toList());
        assertThat(events.read(A).events()).extracting(RecordedEvent::version).containsExactly(1L, 2L, 3L);
        assertThat(events.read(B).events().get(1).recordedAt()).isEqualTo(Instant.parse("2020-01-01T00:00:04Z"));
    }

    @Test
    void inline_observers_see_the_events_in_the_order_of_the_log() {
        imports.store(List.of(event(A, 1), event(B, 2), event(A, 3)));

        assertThat(inline.seen()).containsExactly(1, 2, 3);
    }

    @Test
    void what_the_log_has_is_left_out() {
        imports.store(List.of(event(A, 1), event(B, 2)));
        inline.seen().clear();

        assertThat(imports.store(List.of(event(A, 1), event(A, 3), event(B, 2), event(B, 4))))
                .isEqualTo(new ImportResult(2, 2));
        assertThat(events.read(A).version()).isEqualTo(2);
        assertThat(inline.seen()).containsExactly(3, 4);
        assertThat(imports.store(List.of(event(B, 4)))).isEqualTo(new ImportResult(0, 1));
    }

    @Test
    void an_event_that_occurs_twice_in_a_call_is_stored_once() {
        assertThat(imports.store(List.of(event(A, 1), event(A, 2), event(A, 1), event(A, 3))))
                .isEqualTo(new ImportResult(3, 1));
        assertThat(events.read(A).version()).isEqualTo(3);
    }

    @Test
    void an_id_with_other_content_or_in_another_stream_is_refused_and_nothing_is_stored() {
        imports.store(List.of(event(A, 1)));
        ImportedEvent moved = ImportedEvent.of(B, event(A, 1).event());
        ImportedEvent changed = ImportedEvent.of(
                A, NewEvent.of("copied", "{\"number\": 9}").withId(event(A, 1).id()));

        for (ImportedEvent conflicting : List.of(moved, changed)) {
            assertThatThrownBy(() -> imports.store(List.of(event(B, 2), conflicting)))
                    .isInstanceOfSatisfying(EventIdConflictException.class, e -> assertThat(e.eventId())
                            .isEqualTo(conflicting.id()));
        }
        assertThat(log()).hasSize(1);
        assertThat(events.read(B).isEmpty()).isTrue();
    }

    @Test
    void a_version_is_required_where_one_is_given() {
        imports.store(List.of(at(1, event(A, 1))));

        assertThat(imports.store(List.of(at(1, event(A, 1)), at(2, event(A, 2)), at(1, event(B, 3)))))
                .isEqualTo(new ImportResult(2, 1));
        assertThatThrownBy(() -> imports.store(List.of(at(2, event(B, 4)), at(4, event(A, 5)))))
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, e -> {
                    assertThat(e.stream()).isEqualTo(A);
                    assertThat(e.actual()).isEqualTo(2);
                });
        assertThatThrownBy(() -> imports.store(List.of(at(3, event(A, 6)), at(5, event(A, 7)))))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("does not follow the new events before it");
        assertThat(log()).hasSize(3);
        assertThat(imports.store(List.of(event(A, 8), at(4, event(A, 9)))))
                .as("an event without a version takes its place before one that has one")
                .isEqualTo(new ImportResult(2, 0));
        assertThatThrownBy(() -> imports.store(List.of(event(A, 10), at(5, event(A, 11)))))
                .isInstanceOf(WrongExpectedVersionException.class);
    }

    @Test
    void an_invalid_event_is_named_by_its_place_in_the_call_and_nothing_is_stored() {
        ImportedEvent invalid = ImportedEvent.of(B, NewEvent.of("copied", "{").withId(UUID.randomUUID()));

        assertThatThrownBy(() -> imports.store(List.of(event(A, 1), event(B, 2), invalid)))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).startsWith("2/"));
        assertThat(log()).isEmpty();
    }

    @Test
    void an_invalid_event_is_named_by_its_place_although_an_id_occurs_twice_before_it() {
        ImportedEvent invalid = ImportedEvent.of(B, NewEvent.of("copied", "{").withId(UUID.randomUUID()));

        assertThatThrownBy(() -> imports.store(List.of(event(A, 1), event(A, 1), invalid)))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("2/data"));
        assertThatThrownBy(() -> imports.store(List.of(event(A, 1), event(A, 1), at(1, event(A, 2)))))
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, e -> assertThat(e.actual())
                        .isEqualTo(1));
        assertThatThrownBy(
                        () -> imports.store(List.of(event(A, 1), event(A, 1), at(3, event(A, 2)), at(5, event(A, 3)))))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("3/version"));
        assertThatThrownBy(() -> imports.store(List.of(invalid)))
                .as("an event that is alone has no index")
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("data"));
        assertThat(log()).isEmpty();
    }

    @Test
    void all_events_are_checked_before_the_first_is_stored() {
        ImportedEvent invalid = ImportedEvent.of(B, NewEvent.of("copied", "{").withId(UUID.randomUUID()));

        assertThatThrownBy(() -> imports.store(List.of(event(A, 1), event(A, 1), invalid)))
                .isInstanceOf(InvalidEventException.class);
        assertThat(inline.seen()).isEmpty();
    }

    @Test
    void an_id_of_another_source_is_refused() {
        ImportedEvent born = event(A, 1);
        ImportedEvent foreign = from("/left", event(A, 2));
        imports.store(List.of(born, foreign));

        assertThat(imports.store(List.of(from("urn:uuid:" + UUID.randomUUID(), born), foreign)))
                .as("an export of this log, or of a copy of it, is known")
                .isEqualTo(new ImportResult(0, 2));
        for (ImportedEvent other : List.of(
                from("/right", born),
                from("/right", foreign),
                event(A, 2),
                from("urn:uuid:" + UUID.randomUUID(), foreign))) {
            assertThatThrownBy(() -> imports.store(List.of(other)))
                    .isInstanceOfSatisfying(EventIdConflictException.class, e -> assertThat(e.eventId())
                            .isEqualTo(other.id()))
                    .hasMessageContaining("it belongs to an event of another source");
        }
        assertThatThrownBy(() -> imports.store(List.of(from("/left", event(B, 3)), from("/right", event(B, 3)))))
                .isInstanceOf(EventIdConflictException.class);
        assertThat(log()).hasSize(2);
    }

    private static ImportedEvent from(String source, ImportedEvent event) {
        return ImportedEvent.of(event.stream(), event.event().withMetadata(Metadata.SOURCE, source));
    }

    @Test
    void an_event_without_an_id_is_refused() {
        assertThatThrownBy(() -> ImportedEvent.of(A, NewEvent.of("copied", "{}")))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("an imported event needs one");
    }

    @Test
    void an_import_joins_the_callers_transaction() {
        ImportResult result = Jta.rolledBack(() -> {
            events.append(B, any(), NewEvent.of("copied", "{\"number\": 0}"));
            return imports.store(List.of(event(A, 1), event(B, 2)));
        });

        assertThat(result.stored()).isEqualTo(2);
        assertThat(log()).isEmpty();
    }

    @Test
    void a_thousand_events_of_a_thousand_streams_are_one_call() {
        List<ImportedEvent> history = IntStream.range(0, 1_000)
                .mapToObj(number -> event(StreamId.of("copied", number), number))
                .toList();

        assertThat(imports.store(history)).isEqualTo(new ImportResult(1_000, 0));
        assertThat(imports.store(history)).isEqualTo(new ImportResult(0, 1_000));
        assertThat(log())
                .containsExactlyElementsOf(
                        history.stream().map(ImportedEvent::id).toList());
    }

    @Test
    void nothing_is_nothing() {
        assertThat(imports.store(List.of())).isEqualTo(new ImportResult(0, 0));
    }
}
