package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;
import static org.meowmx.ExpectedVersion.streamExists;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meowmx.AppendResult;
import org.meowmx.EventIdConflictException;
import org.meowmx.ExpectedVersion;
import org.meowmx.InvalidEventException;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.WrongExpectedVersionException;

/** Promise ambiguous-resolved: an append whose reply was lost can be repeated. */
abstract class IdempotenceContract extends IdempotenceCommitContract {

    @Test
    void a_repeat_is_recognised_under_every_other_expectation_too() {
        events.append(STREAM, any(), NewEvent.of("noted", "{}"));
        events.append(STREAM, exactly(1), first);

        assertThat(events.append(STREAM, exactly(1), first).repeated()).isTrue();
        assertThat(events.append(STREAM, exactly(2), first).repeated())
                .as("read again before the repeat")
                .isTrue();
        assertThat(events.append(STREAM, streamExists(), first).repeated()).isTrue();
        assertThat(events.append(STREAM, noStream(), first).repeated()).isTrue();
        assertThat(events.read(STREAM).version()).isEqualTo(2);
    }

    @Test
    void content_is_compared_as_json() {
        events.append(STREAM, any(), first);
        NewEvent sameInOtherWords =
                NewEvent.of("noted", "{ \"b\":[1,2],\"a\":1.5 }").withId(first.id());

        assertThat(events.append(STREAM, any(), sameInOtherWords).repeated()).isTrue();
    }

    @Test
    void a_repeat_of_the_longest_names_and_numbers_is_recognised() {
        String json =
                "{\"%s\": [4.9e-324, 1.7976931348623157E308, 0.%s]}".formatted("n".repeat(60_000), "1".repeat(999));
        NewEvent extreme = NewEvent.of("noted", json).withId(UUID.randomUUID());
        events.append(STREAM, any(), extreme);

        assertThat(events.append(STREAM, any(), extreme).repeated()).isTrue();
        assertThat(events.read(STREAM).last().orElseThrow().as(Map.class)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("firstTime")
    void a_known_id_with_other_content_is_refused(ExpectedVersion expected) {
        events.append(STREAM, any(), first);

        for (NewEvent other : List.of(
                NewEvent.of("noted", "{\"a\": 2}").withId(first.id()),
                NewEvent.of("renamed", "{\"a\": 1.50, \"b\": [1, 2]}").withId(first.id()))) {
            assertThatThrownBy(() -> events.append(STREAM, expected, other))
                    .isInstanceOfSatisfying(EventIdConflictException.class, e -> {
                        assertThat(e.eventId()).isEqualTo(first.id());
                        assertThat(e.stream()).isEqualTo(STREAM);
                    });
        }
        assertThat(events.read(STREAM).version()).isEqualTo(1);
    }

    @Test
    void an_id_of_another_stream_is_refused_where_the_stream_exists() {
        events.append(STREAM, any(), first);
        events.append(OTHER, any(), second);

        for (ExpectedVersion expected : List.of(any(), streamExists(), exactly(1), exactly(5))) {
            assertThatThrownBy(() -> events.append(OTHER, expected, first))
                    .isInstanceOf(EventIdConflictException.class);
        }
        assertThat(events.read(OTHER).version()).isEqualTo(1);
    }

    @Test
    void a_repeat_of_only_a_part_is_refused() {
        events.append(STREAM, any(), first);

        assertThatThrownBy(() -> events.append(STREAM, any(), first, second))
                .isInstanceOf(EventIdConflictException.class);
        assertThat(events.read(STREAM).version()).isEqualTo(1);
    }

    @Test
    void unknown_ids_do_not_hide_a_version_conflict() {
        events.append(STREAM, any(), first);

        assertThatThrownBy(() -> events.append(STREAM, noStream(), second))
                .isInstanceOf(WrongExpectedVersionException.class);
    }

    @Test
    void the_same_id_twice_in_one_append_is_refused() {
        assertThatThrownBy(() -> events.append(STREAM, any(), first, first)).isInstanceOf(InvalidEventException.class);
        assertThatThrownBy(() -> events.appendAll(
                        List.of(StreamAppend.of(STREAM, any(), first), StreamAppend.of(OTHER, any(), first))))
                .isInstanceOf(InvalidEventException.class);
        assertThat(events.read(STREAM).isEmpty()).isTrue();
    }

    @Test
    void a_repeat_in_another_order_answers_in_that_order_with_the_highest_version_and_position() {
        AppendResult original = events.append(STREAM, any(), first, second);
        events.append(STREAM, any(), NewEvent.of("noted", "{}"));

        AppendResult repeat = events.append(STREAM, any(), second, first);

        assertThat(repeat.repeated()).isTrue();
        assertThat(repeat.events()).extracting(RecordedEvent::id).containsExactly(second.id(), first.id());
        assertThat(repeat.events()).extracting(RecordedEvent::version).containsExactly(2L, 1L);
        assertThat(repeat.last().id()).isEqualTo(second.id());
        assertThat(repeat.version()).isEqualTo(2);
        assertThat(repeat.position()).isEqualTo(original.position());
    }

    @Test
    void a_repeat_of_events_of_several_appends_answers_with_the_highest_version() {
        events.append(STREAM, any(), first);
        events.append(STREAM, any(), NewEvent.of("noted", "{}"));
        AppendResult last = events.append(STREAM, any(), second);

        AppendResult repeat = events.append(STREAM, any(), second, first);

        assertThat(repeat.repeated()).isTrue();
        assertThat(repeat.version()).isEqualTo(3);
        assertThat(repeat.position()).isEqualTo(last.position());
    }

    @Test
    void a_repeat_with_an_event_that_has_no_id_is_refused() {
        events.append(STREAM, any(), first);

        assertThatThrownBy(() -> events.append(STREAM, any(), first, NewEvent.of("noted", "{}")))
                .isInstanceOf(EventIdConflictException.class)
                .hasMessageContaining("not all events of the append are");
        assertThat(events.read(STREAM).version()).isEqualTo(1);
    }

    @Test
    void of_several_streams_each_is_repeated_or_stored_on_its_own() {
        events.append(STREAM, any(), first);

        List<AppendResult> results = events.appendAll(
                List.of(StreamAppend.of(STREAM, noStream(), first), StreamAppend.of(OTHER, noStream(), second)));

        assertThat(results).extracting(AppendResult::repeated).containsExactly(true, false);
        assertThat(events.read(STREAM).version()).isEqualTo(1);
        assertThat(events.read(OTHER).version()).isEqualTo(1);
    }

    @Test
    void an_id_that_moves_to_another_stream_of_the_call_is_refused_and_stores_nothing() {
        events.append(STREAM, any(), first);

        assertThatThrownBy(() -> events.appendAll(
                        List.of(StreamAppend.of(STREAM, any(), second), StreamAppend.of(OTHER, any(), first))))
                .isInstanceOf(EventIdConflictException.class);
        assertThat(events.read(STREAM).version()).isEqualTo(1);
        assertThat(events.read(OTHER).isEmpty()).isTrue();
    }
}
