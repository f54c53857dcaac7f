package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.ExpectedVersion.any;
import static org.meowmx.ExpectedVersion.exactly;
import static org.meowmx.ExpectedVersion.noStream;

import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meowmx.AppendResult;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.ExpectedVersion;
import org.meowmx.NewEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;

/** Promise ambiguous-resolved, for every kind of data source: the part that depends on how it commits and rolls back. */
abstract class IdempotenceCommitContract {

    static final StreamId STREAM = StreamId.of("order", 1L);
    static final StreamId OTHER = StreamId.of("order", 2L);

    @Inject
    EventStore events;

    final NewEvent first = NewEvent.of("noted", "{\"a\": 1.50, \"b\": [1, 2]}").withId(UUID.randomUUID());
    final NewEvent second = NewEvent.of("noted", "{\"b\": true}").withId(UUID.randomUUID());

    static List<ExpectedVersion> firstTime() {
        return List.of(any(), noStream(), exactly(0));
    }

    @ParameterizedTest
    @MethodSource("firstTime")
    void a_repeat_returns_the_original_events_and_stores_nothing(ExpectedVersion expected) {
        AppendResult original = events.append(STREAM, expected, first.withMetadata("try", "1"), second);
        events.append(STREAM, any(), NewEvent.of("noted", "{}"));

        AppendResult repeat = events.append(STREAM, expected, first.withMetadata("try", "2"), second);

        assertThat(repeat.repeated()).isTrue();
        assertThat(repeat.version()).isEqualTo(2);
        assertThat(repeat.position()).isEqualTo(original.position());
        assertThat(repeat.events().get(0).metadata().get("try")).contains("1");
        assertThat(events.read(STREAM).version()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("firstTime")
    void an_id_of_another_stream_is_refused(ExpectedVersion expected) {
        events.append(STREAM, any(), first);

        assertThatThrownBy(() -> events.append(OTHER, expected, first))
                .isInstanceOfSatisfying(EventIdConflictException.class, e -> assertThat(e.eventId())
                        .isEqualTo(first.id()))
                .hasMessageContaining("stream order/1");
        assertThat(events.read(OTHER).version()).isZero();
        assertThat(events.append(OTHER, noStream(), second).version()).isEqualTo(1);
    }

    @Test
    void a_repeat_of_several_streams_returns_all_originals() {
        List<StreamAppend> both =
                List.of(StreamAppend.of(STREAM, noStream(), first), StreamAppend.of(OTHER, noStream(), second));
        List<AppendResult> originals = events.appendAll(both);

        assertThat(events.appendAll(both))
                .allMatch(AppendResult::repeated)
                .extracting(AppendResult::position)
                .containsExactly(originals.get(0).position(), originals.get(1).position());
    }

    @Test
    void of_concurrent_repeats_exactly_one_is_stored() throws Exception {
        AtomicInteger fresh = new AtomicInteger();
        AppendCommitContract.together(8, writer -> {
            if (!events.append(STREAM, any(), first, second).repeated()) {
                fresh.incrementAndGet();
            }
        });
        assertThat(fresh).hasValue(1);
        assertThat(events.read(STREAM).version()).isEqualTo(2);
    }
}
