package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;

/** Reading the log: by category and type, page by page, never beyond the mark. */
abstract class LogContract {

    @Inject
    EventStore events;

    private void append(String category, String... types) {
        for (String type : types) {
            events.append(StreamId.of(category, 1L), any(), NewEvent.of(type, "{}"));
        }
    }

    private List<String> types(LogQuery query) {
        return events.scan(query).map(RecordedEvent::type).toList();
    }

    @Test
    void an_empty_log_has_mark_0() {
        assertThat(events.highWaterMark()).isZero();
        assertThat(events.scan(LogQuery.all())).isEmpty();
        assertThat(events.readPage(LogQuery.all(), 10).readTo()).isZero();
    }

    @Test
    void the_log_is_in_the_order_of_the_appends_and_can_be_filtered() {
        append("a", "one", "two");
        append("b", "three", "one");
        append("a", "three");

        assertThat(types(LogQuery.all())).containsExactly("one", "two", "three", "one", "three");
        assertThat(types(LogQuery.all().backwards())).containsExactly("three", "one", "three", "two", "one");
        assertThat(types(LogQuery.category("a"))).containsExactly("one", "two", "three");
        assertThat(types(LogQuery.category("b").backwards())).containsExactly("one", "three");
        assertThat(types(LogQuery.all().types("one"))).containsExactly("one", "one");
        assertThat(types(LogQuery.category("a").types("one", "three"))).containsExactly("one", "three");
        assertThat(types(LogQuery.category("none"))).isEmpty();
    }

    @Test
    void types_can_be_named_by_their_classes() {
        events.append(
                StreamId.of("order", 1L),
                any(),
                NewEvent.of(new OrderEvent.Placed("ann", BigDecimal.TEN)),
                NewEvent.of("order-renamed", "{}"),
                NewEvent.of(new OrderEvent.Shipped(Instant.EPOCH)));

        assertThat(types(LogQuery.all().types(OrderEvent.Shipped.class))).containsExactly("order-shipped");
        assertThat(types(LogQuery.all().types(OrderEvent.class))).containsExactly("order-placed", "order-shipped");
    }

    @Test
    void positions_bound_a_read_on_both_sides() {
        append("a", "one", "two", "three", "four");
        List<Long> positions =
                events.scan(LogQuery.all()).map(RecordedEvent::position).toList();

        assertThat(types(LogQuery.all().after(positions.get(1)))).containsExactly("three", "four");
        assertThat(types(LogQuery.all().after(positions.get(0)).upTo(positions.get(2))))
                .containsExactly("two", "three");
        assertThat(types(LogQuery.all()
                        .after(positions.get(0))
                        .upTo(positions.get(2))
                        .backwards()))
                .containsExactly("three", "two");
        assertThat(types(LogQuery.all().after(positions.get(3)))).isEmpty();
        assertThatThrownBy(() -> LogQuery.all().after(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pages_follow_each_other_without_hole_or_overlap() {
        events.append(StreamId.of("a", 1L), any(), AppendCommitContract.events(25));

        assertThat(pageSizes(LogQuery.all())).containsExactly(10, 10, 5);
        assertThat(pageSizes(LogQuery.all().backwards())).containsExactly(10, 10, 5);
        assertThat(pageSizes(LogQuery.all().upTo(20))).containsExactly(10, 10);
        assertThatThrownBy(() -> events.readPage(LogQuery.all(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Integer> pageSizes(LogQuery query) {
        List<Integer> sizes = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        LogPage page = events.readPage(query, 10);
        while (true) {
            sizes.add(page.events().size());
            page.events().forEach(event -> positions.add(event.position()));
            if (page.next() == null) {
                break;
            }
            page = events.readPage(page.next(), 10);
        }
        assertThat(positions)
                .doesNotHaveDuplicates()
                .hasSize(sizes.stream().mapToInt(size -> size).sum());
        return sizes;
    }

    @Test
    void a_full_page_is_read_to_its_last_event_and_a_short_one_to_the_mark() {
        append("a", "one", "one", "two");

        LogPage full = events.readPage(LogQuery.all().types("one"), 1);
        assertThat(full.readTo()).isEqualTo(full.events().get(0).position()).isLessThan(full.highWaterMark());

        LogPage rest = events.readPage(full.next(), 10);
        assertThat(rest.events()).hasSize(1);
        assertThat(rest.readTo()).isEqualTo(events.highWaterMark());

        assertThat(events.readPage(LogQuery.all().types("none"), 10).readTo()).isEqualTo(events.highWaterMark());
    }

    @Test
    void a_large_log_is_scanned_page_by_page() {
        for (int i = 0; i < 3; i++) {
            events.append(StreamId.of("a", i), any(), AppendCommitContract.events(1_000));
        }
        assertThat(events.scan(LogQuery.all()).map(RecordedEvent::position).toList())
                .hasSize(3_000)
                .isSorted();
        assertThat(events.scan(LogQuery.all().backwards()).limit(1_500)).hasSize(1_500);
    }

    @Test
    void everything_that_one_request_caused_is_found_with_what_it_began_with() {
        NewEvent noted = NewEvent.of("noted", "{}");
        RecordedEvent root =
                events.append(StreamId.of("order", "1"), any(), noted).last();
        RecordedEvent effect = events.append(StreamId.of("stock", "1"), any(), noted.causedBy(root))
                .last();
        events.append(StreamId.of("order", "2"), any(), noted);
        RecordedEvent further = events.append(StreamId.of("order", "1"), any(), noted.causedBy(effect))
                .last();

        LogQuery caused = LogQuery.all().correlatedBy(root.id().toString());
        assertThat(events.scan(caused))
                .extracting(RecordedEvent::id)
                .containsExactly(root.id(), effect.id(), further.id());
        assertThat(events.scan(caused.inCategory("order").after(root.position())))
                .extracting(RecordedEvent::id)
                .containsExactly(further.id());
    }

    @Test
    void a_correlation_id_may_be_any_text() {
        String id = "request \"7\" 'ü'";
        NewEvent noted = NewEvent.of("noted", "{}");
        events.append(StreamId.of("order", "1"), any(), noted.withMetadata(Metadata.CORRELATION_ID, id));
        events.append(StreamId.of("order", "2"), any(), noted.withMetadata(Metadata.CORRELATION_ID, "other"));

        assertThat(events.scan(LogQuery.all().correlatedBy(id)))
                .extracting(event -> event.stream().id())
                .containsExactly("1");
        assertThat(events.scan(LogQuery.all().correlatedBy("unknown"))).isEmpty();
    }

    @Test
    void slices_share_the_log_out() {
        for (int id = 0; id < 20; id++) {
            events.append(StreamId.of("a", id), any(), NewEvent.of("one", "{}"));
        }
        List<RecordedEvent> lower = events.scan(LogQuery.all().slices(0, 511)).toList();
        List<RecordedEvent> upper =
                events.scan(LogQuery.all().slices(512, 1023)).toList();

        assertThat(lower).isNotEmpty().allMatch(event -> event.stream().slice() < 512);
        assertThat(upper).isNotEmpty().allMatch(event -> event.stream().slice() >= 512);
        assertThat(lower.size() + upper.size()).isEqualTo(20);
    }

    @Test
    void a_period_is_a_range_of_positions() {
        Instant noon = Instant.parse("2024-05-01T12:00:00Z");
        for (int hour = 0; hour < 5; hour++) {
            events.append(
                    StreamId.of("order", hour),
                    any(),
                    NewEvent.of("noted", "{}").withRecordedAt(noon.plus(Duration.ofHours(hour))));
        }

        assertThat(recorded(noon.plusSeconds(1), noon.plus(Duration.ofHours(3))))
                .containsExactly("1", "2");
        assertThat(recorded(noon, noon.plus(Duration.ofDays(1)))).containsExactly("0", "1", "2", "3", "4");
        assertThat(recorded(noon.minusSeconds(9), noon)).isEmpty();
        assertThat(recorded(noon.plus(Duration.ofDays(1)), noon.plus(Duration.ofDays(2))))
                .isEmpty();
        assertThat(recorded(noon, noon)).isEmpty();
        assertThat(events.positionBefore(noon.plus(Duration.ofDays(1)))).isEqualTo(events.highWaterMark());
        assertThatThrownBy(() -> events.between(LogQuery.all(), noon, noon.minusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> recorded(Instant from, Instant until) {
        return events.scan(events.between(LogQuery.all(), from, until))
                .map(event -> event.stream().id())
                .toList();
    }
}
