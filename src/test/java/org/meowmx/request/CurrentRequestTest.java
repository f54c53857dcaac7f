package org.meowmx.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.IdempotencyKey;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;

/** The ordinals that a request uses up, and those that a rollback takes back. */
class CurrentRequestTest {

    private static final StreamId ORDER = StreamId.of("order", 1);
    private static final StreamId NOTES = StreamId.of("notes", "all");
    private static final IdempotencyKey HEADER = IdempotencyKey.of("k1");

    private final CurrentRequest request = new CurrentRequest();

    @BeforeEach
    void begin() {
        request.begin(Metadata.none(), HEADER);
    }

    private UUID idOfNext(StreamId stream) {
        List<StreamAppend> appends = List.of(StreamAppend.of(stream, any(), NewEvent.of("noted", "{}")));
        return request.identified(appends).get(0).events().get(0).id();
    }

    private static UUID id(StreamId stream, int ordinal) {
        return CurrentRequest.keyOf(HEADER).eventId(stream, ordinal);
    }

    @Test
    void each_stream_has_ordinals_of_its_own() {
        assertThat(List.of(idOfNext(ORDER), idOfNext(NOTES), idOfNext(ORDER)))
                .containsExactly(id(ORDER, 0), id(NOTES, 0), id(ORDER, 1));
    }

    /** The caller's transaction appends to the order, then one of its own to the notes; the first is rolled back. */
    @Test
    void a_rollback_takes_nothing_back_from_another_transaction() {
        idOfNext(ORDER);
        idOfNext(NOTES);

        request.takeBack(Map.of(), Map.of(ORDER, 1));

        assertThat(idOfNext(NOTES)).isEqualTo(id(NOTES, 1));
        assertThat(idOfNext(ORDER)).isEqualTo(id(ORDER, 0));
    }

    @Test
    void an_ordinal_below_one_that_is_stored_is_not_used_again() {
        idOfNext(ORDER);
        idOfNext(ORDER);

        request.takeBack(Map.of(), Map.of(ORDER, 1));

        assertThat(idOfNext(ORDER)).isEqualTo(id(ORDER, 2));
    }
}
