package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;

import jakarta.inject.Inject;
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
import org.meowmx.AppendResult;
import org.meowmx.EventStore;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.WrongExpectedVersionException;

/**
 * Promises no-dup-version and atomic, for every kind of data source: the part that depends on how it begins, commits and rolls back.
 */
abstract class AppendCommitContract {

    static final StreamId STREAM = StreamId.of("órdenes", "№ 7/ä%..");

    @Inject
    EventStore events;

    static NewEvent event(int number) {
        return NewEvent.of("noted", "{\"number\": " + number + "}");
    }

    static List<NewEvent> events(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(AppendCommitContract::event)
                .toList();
    }

    List<Long> versions(StreamId stream) {
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
}
