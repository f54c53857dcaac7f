package org.meowmx.contract;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;

/** Reading one stream: forward and backward, by version, as of a time, and lazily. */
abstract class ReadContract {

    private static final StreamId STREAM = StreamId.of("account", "ünï");
    private static final Instant DAY = Instant.parse("2024-05-01T00:00:00Z");

    @Inject
    EventStore events;

    private List<Long> read(StreamRange range) {
        return versions(events.read(STREAM, range));
    }

    private static List<Long> versions(EventStream stream) {
        return stream.events().stream().map(RecordedEvent::version).toList();
    }

    @Test
    void an_unknown_stream_is_empty_at_version_0() {
        EventStream unknown = events.read(STREAM);

        assertThat(unknown.isEmpty()).isTrue();
        assertThat(unknown.version()).isZero();
        assertThat(unknown.id()).isEqualTo(STREAM);
        assertThat(unknown.first()).isEmpty();
        assertThat(unknown.last()).isEmpty();
    }

    private List<Long> pages(StreamRange range) {
        List<Long> versions = new ArrayList<>();
        StreamRange rest = range;
        while (rest != null) {
            EventStream page = events.readPage(STREAM, rest);
            versions.addAll(versions(page));
            rest = page.next(rest);
        }
        return versions;
    }

    @Test
    void pages_follow_each_other_to_the_end_of_the_range_and_no_further() {
        events.append(STREAM, any(), AppendCommitContract.events(EventStore.SCAN_PAGE + 5));
        StreamRange all = StreamRange.all();

        assertThat(pages(all)).hasSize(EventStore.SCAN_PAGE + 5).isSorted();
        assertThat(pages(all.backwards())).hasSize(EventStore.SCAN_PAGE + 5).isSortedAccordingTo(reverseOrder());
        assertThat(pages(all.limit(EventStore.SCAN_PAGE + 3))).hasSize(EventStore.SCAN_PAGE + 3);
        assertThat(pages(all.from(4).to(EventStore.SCAN_PAGE + 4))).hasSize(EventStore.SCAN_PAGE + 1);
        assertThat(pages(all.to(3).backwards())).containsExactly(3L, 2L, 1L);
        assertThat(pages(all.from(EventStore.SCAN_PAGE + 6))).isEmpty();
        EventStream last = events.readPage(STREAM, all.from(EventStore.SCAN_PAGE + 5));
        assertThat(last.next(all.from(EventStore.SCAN_PAGE + 5))).isNull();
    }

    @Test
    void streams_do_not_mix() {
        events.append(STREAM, any(), AppendCommitContract.events(2));
        events.append(StreamId.of("account", "uni"), any(), AppendCommitContract.events(3));
        events.append(StreamId.of("accounts", "ünï"), any(), AppendCommitContract.events(4));

        assertThat(events.read(STREAM).version()).isEqualTo(2);
        assertThat(events.read(STREAM)).allMatch(event -> event.stream().equals(STREAM));
    }

    @Test
    void a_range_of_versions_is_read_in_both_directions() {
        events.append(STREAM, any(), AppendCommitContract.events(10));

        assertThat(read(StreamRange.all().from(3).to(5))).containsExactly(3L, 4L, 5L);
        assertThat(read(StreamRange.all().from(3).to(5).backwards())).containsExactly(5L, 4L, 3L);
        assertThat(read(StreamRange.all().limit(2))).containsExactly(1L, 2L);
        assertThat(read(StreamRange.all().backwards().limit(2))).containsExactly(10L, 9L);
        assertThat(read(StreamRange.all().from(11))).isEmpty();
        assertThat(read(StreamRange.all().from(9).to(99))).containsExactly(9L, 10L);
    }

    @Test
    void the_version_is_that_of_the_stream_at_the_upper_end_of_the_range() {
        events.append(STREAM, any(), AppendCommitContract.events(10));

        assertThat(events.read(STREAM).version()).isEqualTo(10);
        assertThat(events.read(STREAM, StreamRange.all().to(4)).version()).isEqualTo(4);
        assertThat(events.read(STREAM, StreamRange.all().limit(2)).version()).isEqualTo(10);
        assertThat(events.read(STREAM, StreamRange.all().backwards().limit(2)).version())
                .isEqualTo(10);
        assertThat(events.read(STREAM, StreamRange.all().from(11)).version()).isEqualTo(10);
        assertThat(events.read(STREAM, StreamRange.all().from(20).to(30).backwards())
                        .version())
                .isEqualTo(10);
    }

    @Test
    void as_of_a_time_is_the_longest_beginning_before_the_first_later_event() {
        events.append(STREAM, any(), AppendCommitContract.event(1).withRecordedAt(DAY));
        events.append(STREAM, any(), AppendCommitContract.event(2).withRecordedAt(DAY.plusSeconds(20)));
        events.append(STREAM, any(), AppendCommitContract.event(3).withRecordedAt(DAY.plusSeconds(10)));

        assertThat(read(StreamRange.all().asOf(DAY.minusMillis(1)))).isEmpty();
        assertThat(read(StreamRange.all().asOf(DAY))).containsExactly(1L);
        assertThat(read(StreamRange.all().asOf(DAY.plusSeconds(15))))
                .as("version 3 has an earlier time, but comes after one that has a later time")
                .containsExactly(1L);
        assertThat(read(StreamRange.all().asOf(DAY.plusSeconds(20)))).containsExactly(1L, 2L, 3L);
        assertThat(events.read(STREAM, StreamRange.all().asOf(DAY)).version()).isEqualTo(1);
        assertThat(events.read(STREAM, StreamRange.all().asOf(DAY.minusMillis(1)))
                        .version())
                .isZero();
    }

    @Test
    void as_of_may_be_any_time() {
        Instant time = DAY.plusNanos(1_000);
        events.append(STREAM, any(), AppendCommitContract.event(1).withRecordedAt(time));

        assertThat(read(StreamRange.all().asOf(Instant.MIN))).isEmpty();
        assertThat(read(StreamRange.all().asOf(time.minusNanos(1)))).isEmpty();
        assertThat(read(StreamRange.all().asOf(time.plusNanos(1)))).containsExactly(1L);
        assertThat(read(StreamRange.all().asOf(Instant.MAX))).containsExactly(1L);
    }

    @Test
    void a_read_without_a_limit_returns_everything() {
        events.append(STREAM, any(), AppendCommitContract.events(10_000));
        events.append(STREAM, any(), AppendCommitContract.events(1_001));

        assertThat(events.read(STREAM).events()).hasSize(11_001);
        assertThat(events.scan(STREAM, StreamRange.all())
                        .map(RecordedEvent::version)
                        .toList())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 11_001).boxed().toList());
    }

    @Test
    void a_scan_keeps_range_direction_and_limit() {
        events.append(STREAM, any(), AppendCommitContract.events(3_000));

        assertThat(events.scan(
                                STREAM,
                                StreamRange.all()
                                        .from(500)
                                        .to(2_600)
                                        .backwards()
                                        .limit(2_050))
                        .map(RecordedEvent::version)
                        .toList())
                .hasSize(2_050)
                .startsWith(2_600L, 2_599L)
                .endsWith(552L, 551L);
        assertThat(events.scan(STREAM, StreamRange.all().limit(1_000))).hasSize(1_000);
        assertThat(events.scan(StreamId.of("account", "none"), StreamRange.all()))
                .isEmpty();
    }

    @Test
    void senseless_ranges_are_refused() {
        assertThatThrownBy(() -> StreamRange.all().from(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StreamRange.all().to(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StreamRange.all().limit(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_page_of_a_stream_is_its_beginning_in_the_direction_asked_for() {
        events.append(STREAM, any(), AppendCommitContract.events(EventStore.SCAN_PAGE + 1));

        EventStream forward = events.readPage(STREAM, StreamRange.all());
        assertThat(forward.events()).hasSize(EventStore.SCAN_PAGE);
        assertThat(forward.version()).isEqualTo(EventStore.SCAN_PAGE + 1);
        EventStream backward =
                events.readPage(STREAM, StreamRange.all().backwards().limit(2));
        assertThat(versions(backward)).containsExactly(EventStore.SCAN_PAGE + 1L, (long) EventStore.SCAN_PAGE);
        assertThat(events.readPage(STREAM, StreamRange.all().from(3).to(4)).version())
                .isEqualTo(4);
    }

    @Test
    void a_page_of_large_events_ends_before_it_takes_much_memory() {
        String large = "\"" + "x".repeat(3_000_000) + "\"";
        for (int i = 0; i < 4; i++) {
            events.append(STREAM, any(), NewEvent.of("large", large));
        }

        EventStream page = events.readPage(STREAM, StreamRange.all());
        assertThat(page.events()).hasSizeBetween(1, 3);
        assertThat(page.version()).isEqualTo(4);
        assertThat(events.scan(STREAM, StreamRange.all()).map(RecordedEvent::version))
                .containsExactly(1L, 2L, 3L, 4L);
    }
}
