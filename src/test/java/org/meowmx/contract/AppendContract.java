package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;
import static org.meowmx.ExpectedVersion.streamExists;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.AppendResult;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.InvalidEventException;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;

/** Promises no-dup-version and atomic: what an append may and may not do to a stream. */
abstract class AppendContract {

    private static final StreamId STREAM = StreamId.of("órdenes", "№ 7/ä%..");

    @Inject
    EventStore events;

    static NewEvent event(int number) {
        return NewEvent.of("noted", "{\"number\": " + number + "}");
    }

    static List<NewEvent> events(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(AppendContract::event).toList();
    }

    private List<Long> versions(StreamId stream) {
        return events.read(stream).events().stream().map(RecordedEvent::version).toList();
    }

    @Test
    void a_new_stream_starts_at_version_1() {
        AppendResult result = events.append(STREAM, noStream(), event(1), event(2));

        assertThat(result.version()).isEqualTo(2);
        assertThat(result.repeated()).isFalse();
        assertThat(versions(STREAM)).containsExactly(1L, 2L);
    }

    @Test
    void what_is_returned_is_what_is_read() {
        Instant before = Instant.now().minusSeconds(60);
        AppendResult result = events.append(STREAM, any(), event(1).withMetadata("user", "ann"), event(2));

        assertThat(events.read(STREAM).events())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("data", "binder")
                .containsExactlyElementsOf(result.events());
        assertThat(result.events()).allSatisfy(event -> {
            assertThat(event.recordedAt()).isBetween(before, Instant.now().plusSeconds(60));
            assertThat(event.stream()).isEqualTo(STREAM);
            assertThat(event.id().version()).isEqualTo(7);
        });
        assertThat(result.events().get(0).metadata().get("user")).contains("ann");
        assertThat(result.position()).isEqualTo(result.last().position());
    }

    @Test
    void ids_made_by_the_store_grow() {
        AppendResult result = events.append(STREAM, any(), events(100));

        assertThat(result.events().stream().map(event -> event.id().toString()).toList())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void no_stream_is_refused_when_there_is_one() {
        events.append(STREAM, noStream(), event(1));

        assertThatThrownBy(() -> events.append(STREAM, noStream(), event(2)))
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, e -> {
                    assertThat(e.stream()).isEqualTo(STREAM);
                    assertThat(e.expected()).isEqualTo(noStream());
                    assertThat(e.actual()).isEqualTo(1);
                })
                .hasMessage("Stream órdenes/№ 7/ä%.. is at version 1, expected: no stream");
        assertThat(versions(STREAM)).containsExactly(1L);
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
    void ten_thousand_events_go_in_one_append_in_their_order() {
        AppendResult result = events.append(STREAM, noStream(), events(10_000));

        assertThat(result.events()).hasSize(10_000);
        assertThat(result.events().stream().map(RecordedEvent::position).toList())
                .isSorted();
        assertThat(events.read(STREAM).events().stream()
                        .map(RecordedEvent::data)
                        .map(data -> data.replace(" ", ""))
                        .toList())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 10_000)
                        .mapToObj(n -> "{\"number\":" + n + "}")
                        .toList());
        assertThat(versions(STREAM))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 10_000).boxed().toList());
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
    void one_stream_that_conflicts_takes_all_of_the_call_back() {
        StreamId taken = StreamId.of("z", 1L);
        StreamId free = StreamId.of("a", 1L);
        events.append(taken, any(), event(1));
        List<StreamAppend> both =
                List.of(StreamAppend.of(free, noStream(), event(1)), StreamAppend.of(taken, noStream(), event(1)));

        assertThatThrownBy(() -> events.appendAll(both)).isInstanceOf(WrongExpectedVersionException.class);
        assertThat(versions(free)).isEmpty();
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
    void of_concurrent_writers_of_one_version_exactly_one_wins() throws Exception {
        events.append(STREAM, any(), event(0));
        AtomicInteger conflicts = new AtomicInteger();
        together(8, writer -> {
            try {
                events.append(STREAM, exactly(1), event(writer));
            } catch (WrongExpectedVersionException e) {
                conflicts.incrementAndGet();
            }
        });
        assertThat(conflicts).hasValue(7);
        assertThat(versions(STREAM)).containsExactly(1L, 2L);
    }

    @Test
    void of_concurrent_writers_of_a_new_stream_exactly_one_wins() throws Exception {
        AtomicInteger conflicts = new AtomicInteger();
        together(8, writer -> {
            try {
                events.append(STREAM, noStream(), event(writer));
            } catch (WrongExpectedVersionException e) {
                conflicts.incrementAndGet();
            }
        });
        assertThat(conflicts).hasValue(7);
        assertThat(versions(STREAM)).containsExactly(1L);
    }

    @Test
    void concurrent_writers_of_any_version_never_conflict() throws Exception {
        Set<Long> versions = new ConcurrentSkipListSet<>();
        together(8, writer -> {
            for (int i = 0; i < 10; i++) {
                versions.add(events.append(STREAM, any(), event(i)).version());
            }
        });
        assertThat(versions)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
        assertThat(versions(STREAM)).containsExactlyElementsOf(versions);
    }

    @Test
    void calls_that_name_the_same_streams_in_opposite_orders_never_deadlock() throws Exception {
        StreamId one = StreamId.of("pair", 1L);
        StreamId two = StreamId.of("pair", 2L);
        together(6, writer -> {
            List<StreamAppend> pair = new ArrayList<>(
                    List.of(StreamAppend.of(one, any(), event(1)), StreamAppend.of(two, any(), event(1))));
            if (writer % 2 == 0) {
                java.util.Collections.reverse(pair);
            }
            for (int i = 0; i < 10; i++) {
                events.appendAll(pair);
            }
        });
        assertThat(versions(one)).hasSize(60);
        assertThat(versions(two)).hasSize(60);
    }

    /** Runs writers that begin at the same moment; fails with the first failure of one of them. */
    static void together(int writers, java.util.function.IntConsumer work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                running.add(threads.submit(() -> {
                    start.await();
                    work.accept(writer);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
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
