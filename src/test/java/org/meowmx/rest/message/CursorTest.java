package org.meowmx.rest.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.LogCatalog;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.testkit.InMemoryEventStore;

class CursorTest {

    private static final long NOT_ASKED = -1;

    private final InMemoryEventStore store = new InMemoryEventStore();
    private final LogCatalog catalog = store.catalog();
    private final UUID log = catalog.logId();

    private RecordedEvent append(EventStore to) {
        return to.append(StreamId.of("order", 7), ExpectedVersion.any(), NewEvent.of("noted", "1"))
                .events()
                .get(0);
    }

    @Test
    void a_cursor_comes_back_as_it_was_given() {
        append(store);
        Cursor cursor = Cursor.of(log, append(store));

        assertThat(Cursor.parse("after", cursor.toString())).isEqualTo(cursor);
        assertThat(cursor.checked(catalog, () -> NOT_ASKED)).isEqualTo(cursor);
        assertThat(Cursor.newest(log, catalog, 99)).isEqualTo(cursor);
        assertThat(cursor.isIn(log, catalog)).isTrue();
    }

    @Test
    void the_beginning_is_a_cursor_too() {
        Cursor beginning = Cursor.newest(log, catalog, 99);

        assertThat(beginning).isEqualTo(Cursor.beginning(log));
        assertThat(Cursor.parse("after", beginning.toString())).isEqualTo(beginning);
        append(store);
        assertThat(beginning.checked(catalog, () -> NOT_ASKED)).isEqualTo(beginning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "-1",
                "1.5",
                "1:2",
                ":2",
                "1:0123abcd",
                "87396ecb-b445-42f8-8c58-766288623f9e",
                "87396ecb-b445-42f8-8c58-766288623f9e:17",
                "87396ecb-b445-42f8-8c58-766288623f9e:17:0123abc",
                "9999999999999999999"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Cursor.parse("after", text)).hasMessageStartingWith("after must be a position");
    }

    @Test
    void a_bare_position_stands_for_the_newest_event_up_to_it() {
        Cursor first = Cursor.of(log, append(store));

        assertThat(Cursor.parse("after", "1").checked(catalog, () -> NOT_ASKED)).isEqualTo(first);
    }

    @Test
    void a_position_that_is_drawn_and_not_decided_is_not_ahead_of_the_log() {
        Cursor first = Cursor.of(log, append(store));

        assertThat(Cursor.parse("after", "17").checked(catalog, () -> 17)).isEqualTo(first);
        assertRefused(Cursor.parse("after", "17"), 16, ProblemType.AHEAD_OF_LOG);
    }

    @Test
    void another_log_is_noticed() {
        Cursor cursor = Cursor.of(UUID.randomUUID(), append(store));

        assertThat(cursor.isIn(log, catalog)).isFalse();
        assertRefused(cursor, NOT_ASKED, ProblemType.OTHER_LOG);
    }

    @Test
    void a_log_that_went_back_is_noticed_even_if_it_has_grown_again() {
        append(store);
        InMemoryEventStore other = new InMemoryEventStore();
        append(other);
        Cursor shorter = Cursor.of(log, append(other));

        assertRefused(shorter, NOT_ASKED, ProblemType.LOG_WENT_BACK);
        append(store);
        assertRefused(shorter, NOT_ASKED, ProblemType.LOG_WENT_BACK);
        assertThat(shorter.isIn(log, catalog)).isFalse();
    }

    private void assertRefused(Cursor cursor, long lastPosition, ProblemType type) {
        assertThatThrownBy(() -> cursor.checked(catalog, () -> lastPosition))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().type()).isEqualTo(type);
                    assertThat(refused.problem().facts()).containsEntry("log", log.toString());
                });
    }
}
