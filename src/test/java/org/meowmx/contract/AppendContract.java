package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;
import static org.meowmx.ExpectedVersion.streamExists;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.AppendResult;
import org.meowmx.ExpectedVersion;
import org.meowmx.InvalidEventException;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;

/** Promises no-dup-version and atomic: the effects of an append on a stream. */
abstract class AppendContract extends AppendCommitContract {

    @Test
    void ids_made_by_the_store_grow() {
        AppendResult result = events.append(STREAM, any(), events(100));

        assertThat(result.events().stream().map(event -> event.id().toString()).toList())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void an_existing_stream_is_refused_when_there_is_none() {
        assertThatThrownBy(() -> events.append(STREAM, streamExists(), event(1)))
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, e -> assertThat(e.actual())
                        .isZero());
        events.append(STREAM, any(), event(1));
        assertThat(events.append(STREAM, streamExists(), event(2)).version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 4, Long.MAX_VALUE})
    void any_other_version_than_the_expected_one_is_refused(long expected) {
        events.append(STREAM, any(), events(3));

        assertThatThrownBy(() -> events.append(STREAM, exactly(expected), event(4)))
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, e -> assertThat(e.actual())
                        .isEqualTo(3));
        assertThat(versions(STREAM)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void the_expected_version_is_accepted() {
        assertThat(events.append(STREAM, exactly(0), events(3)).version()).isEqualTo(3);
        assertThat(events.append(STREAM, exactly(3), events(2)).version()).isEqualTo(5);
        assertThat(versions(STREAM)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void more_than_the_limit_and_nothing_at_all_are_refused() {
        assertThatThrownBy(() -> events.append(STREAM, any(), events(10_001)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("10001")
                .hasMessageContaining("meowmx.append.max-events");
        assertThatThrownBy(() -> events.append(STREAM, any(), List.of())).isInstanceOf(InvalidEventException.class);
        assertThatThrownBy(() -> events.appendAll(List.of())).isInstanceOf(InvalidEventException.class);
        assertThat(versions(STREAM)).isEmpty();
    }

    @Test
    void several_streams_are_appended_in_one_call_and_answered_in_its_order() {
        StreamId first = StreamId.of("z", 1L);
        StreamId second = StreamId.of("a", 1L);
        List<AppendResult> results = events.appendAll(List.of(
                StreamAppend.of(first, noStream(), event(1), event(2)), StreamAppend.of(second, any(), event(3))));

        assertThat(results).extracting(AppendResult::stream).containsExactly(first, second);
        assertThat(results).extracting(AppendResult::version).containsExactly(2L, 1L);
    }

    @Test
    void one_stream_twice_in_one_call_is_refused() {
        assertThatThrownBy(() -> events.appendAll(
                        List.of(StreamAppend.of(STREAM, any(), event(1)), StreamAppend.of(STREAM, any(), event(2)))))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void an_import_may_set_the_time() {
        Instant time = Instant.parse("2016-02-11T02:05:32.123456Z");
        AppendResult result = events.append(
                STREAM, any(), event(1).withRecordedAt(time), event(2), event(3).withRecordedAt(time.plusNanos(1000)));

        List<Instant> times = events.read(STREAM).events().stream()
                .map(RecordedEvent::recordedAt)
                .toList();
        assertThat(times.get(0)).isEqualTo(time);
        assertThat(times.get(1)).isAfter(time.plus(Duration.ofDays(1)));
        assertThat(times.get(2)).isEqualTo(time.plusNanos(1000));
        assertThat(result.events()).extracting(RecordedEvent::recordedAt).isEqualTo(times);
    }

    @Test
    void a_time_is_kept_to_the_microsecond() {
        Instant time = Instant.parse("2016-02-11T02:05:32.123456789Z");
        AppendResult result =
                events.append(STREAM, any(), event(1).withRecordedAt(time), event(2).withRecordedAt(time));

        assertThat(result.events())
                .extracting(RecordedEvent::recordedAt)
                .containsOnly(Instant.parse("2016-02-11T02:05:32.123456Z"));
        assertThat(events.read(STREAM).events())
                .extracting(RecordedEvent::recordedAt)
                .containsOnly(Instant.parse("2016-02-11T02:05:32.123456Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "1582-10-10T12:00:00Z", "9999-12-31T23:59:59.999999Z"})
    void a_time_may_be_in_any_year_of_four_digits(String time) {
        NewEvent timed = event(1).withRecordedAt(Instant.parse(time));
        events.append(STREAM, any(), timed);
        events.append(STREAM, any(), timed, timed);

        assertThat(events.read(STREAM).events())
                .extracting(RecordedEvent::recordedAt)
                .containsOnly(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "0000-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void a_time_in_any_other_year_is_refused(String time) {
        assertThatThrownBy(() -> events.append(STREAM, any(), event(1).withRecordedAt(Instant.parse(time))))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("recordedAt");
    }

    @Test
    void expected_versions_know_what_they_allow() {
        assertThat(exactly(0)).isEqualTo(noStream());
        assertThatThrownBy(() -> exactly(-1)).isInstanceOf(IllegalArgumentException.class);
        for (ExpectedVersion expected : List.of(any(), noStream(), streamExists(), exactly(2))) {
            assertThat(LongStream.of(0, 1, 2).filter(expected::isMetBy).boxed().toList())
                    .as(expected.toString())
                    .isEqualTo(
                            switch (expected.toString()) {
                                case "any version" -> List.of(0L, 1L, 2L);
                                case "no stream" -> List.of(0L);
                                case "an existing stream" -> List.of(1L, 2L);
                                default -> List.of(2L);
                            });
        }
    }
}
