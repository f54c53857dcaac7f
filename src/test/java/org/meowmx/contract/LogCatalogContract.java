package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.AppendResult;
import org.meowmx.CategorySummary;
import org.meowmx.EventKey;
import org.meowmx.EventStore;
import org.meowmx.LogCatalog;
import org.meowmx.LogQuery;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.StreamSummary;

/** The catalog of the log: categories, streams, and single events. */
abstract class LogCatalogContract {

    private static final Instant DAY = Instant.parse("2024-05-01T00:00:00Z");

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    private AppendResult append(String category, String id, int count) {
        return events.append(
                StreamId.of(category, id),
                any(),
                AppendCommitContract.events(count).stream()
                        .map(event -> event.withRecordedAt(DAY))
                        .toList());
    }

    private List<String> ids(String prefix, String after, int limit) {
        return catalog.streams("order", prefix, after, limit).stream()
                .map(summary -> summary.stream().id())
                .toList();
    }

    @Test
    void an_empty_log_has_nothing_to_list() {
        assertThat(catalog.categories("", 10)).isEmpty();
        assertThat(catalog.streams("order", "", "", 10)).isEmpty();
        assertThat(catalog.event(UUID.randomUUID())).isEmpty();
        assertThat(catalog.eventsPerSecond()).isZero();
        assertThat(catalog.newest(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void the_newest_event_up_to_a_position_is_found_with_its_id() {
        RecordedEvent first = append("order", "1", 1).events().get(0);
        RecordedEvent second = append("order", "2", 1).events().get(0);

        assertThat(catalog.newest(first.position() - 1)).isEmpty();
        assertThat(catalog.newest(first.position())).contains(new EventKey(first.position(), first.id()));
        assertThat(catalog.newest(second.position() - 1)).contains(new EventKey(first.position(), first.id()));
        assertThat(catalog.newest(Long.MAX_VALUE)).contains(new EventKey(second.position(), second.id()));
    }

    @Test
    void a_log_keeps_its_id() {
        assertThat(catalog.logId()).isEqualTo(catalog.logId());
        assertThat(events.readPage(LogQuery.all(), 1).logId()).isEqualTo(catalog.logId());
    }

    @Test
    void categories_are_listed_page_by_page_with_counts_and_the_last_change() {
        append("order", "1", 3);
        append("order", "2", 2);
        long last = append("order", "1", 1).position();
        append("account", "1", 1);
        append("zebra", "1", 1);

        assertThat(catalog.categories("account", 1)).containsExactly(new CategorySummary("order", 2, 6, last, DAY));
        assertThat(catalog.categories("", 10))
                .extracting(CategorySummary::category)
                .containsExactly("account", "order", "zebra");
        assertThat(catalog.categories("zebra", 10)).isEmpty();
    }

    @Test
    void streams_are_listed_page_by_page_with_their_version_and_the_last_change() {
        append("order", "b", 2);
        append("order", "a", 1);
        long last = append("order", "b", 1).position();
        append("orders", "c", 1);

        assertThat(catalog.streams("order", "", "a", 10))
                .containsExactly(new StreamSummary(StreamId.of("order", "b"), 3, last, DAY));
        assertThat(ids("", "", 1)).containsExactly("a");
        assertThat(ids("", "b", 10)).isEmpty();
    }

    @Test
    void streams_are_found_by_how_their_ids_begin() {
        for (String id : List.of("100%", "100%-ä", "1000", "100_", "2", "\uD7FF", "\uD7FFa", "\uE000", "ä1", "ä2")) {
            append("order", id, 1);
        }

        assertThat(ids("100%", "", 10)).containsExactly("100%", "100%-ä");
        assertThat(ids("100_", "", 10)).containsExactly("100_");
        assertThat(ids("ä", "ä1", 10)).containsExactly("ä2");
        assertThat(ids("\uD7FF", "", 10)).containsExactly("\uD7FF", "\uD7FFa");
        assertThat(ids("ö", "", 10)).isEmpty();
    }

    @Test
    void an_event_is_found_by_its_id() {
        RecordedEvent event = append("order", "1", 2).events().get(1);

        assertThat(catalog.event(event.id()))
                .hasValueSatisfying(found -> assertThat(found.stream()).isEqualTo(event.stream()))
                .hasValueSatisfying(found -> assertThat(found.position()).isEqualTo(event.position()));
    }

    @Test
    void of_many_ids_those_are_told_that_are_known() {
        UUID known = append("order", "1", 1).last().id();

        assertThat(catalog.known(List.of(UUID.randomUUID(), known))).containsExactly(known);
        assertThat(catalog.known(List.of())).isEmpty();
    }

    @Test
    void the_rate_tells_of_the_last_seconds_only() {
        append("order", "old", 5);
        assertThat(catalog.eventsPerSecond()).isZero();

        events.append(StreamId.of("order", "new"), any(), AppendCommitContract.events(20));
        assertThat(catalog.eventsPerSecond()).isEqualTo(20.0 / LogCatalog.RATE_SECONDS);
    }

    @Test
    void at_a_high_rate_it_is_told_over_the_time_that_the_newest_took() {
        Instant halfASecondAgo = Instant.now().minusMillis(500).truncatedTo(ChronoUnit.MICROS);
        events.append(
                StreamId.of("order", "1"),
                any(),
                AppendCommitContract.events(1_000).stream()
                        .map(event -> event.withRecordedAt(halfASecondAgo))
                        .toList());

        assertThat(catalog.eventsPerSecond()).isBetween(100.0, 2_000.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "P2000000D"})
    void events_of_the_future_do_not_count(Duration ahead) {
        Instant time = Instant.now().plus(ahead);
        events.append(
                StreamId.of("order", "1"),
                any(),
                AppendCommitContract.events(1_000).stream()
                        .map(event -> event.withRecordedAt(time))
                        .toList());

        assertThat(catalog.eventsPerSecond()).isZero();
    }

    @Test
    void an_event_of_the_future_does_not_hide_a_high_rate() {
        Instant halfASecondAgo = Instant.now().minusMillis(500).truncatedTo(ChronoUnit.MICROS);
        events.append(
                StreamId.of("order", "1"),
                any(),
                AppendCommitContract.events(1_100).stream()
                        .map(event -> event.withRecordedAt(halfASecondAgo))
                        .toList());
        events.append(
                StreamId.of("order", "1"),
                any(),
                AppendCommitContract.event(1).withRecordedAt(halfASecondAgo.plus(Duration.ofDays(1))));

        assertThat(catalog.eventsPerSecond()).isBetween(100.0, 2_200.0);
    }
}
