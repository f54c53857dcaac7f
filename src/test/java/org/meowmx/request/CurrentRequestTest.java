package org.meowmx.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meowmx.ExpectedVersion.any;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.IdempotencyKey;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.transaction.CurrentTransaction;
import org.meowmx.transaction.Ordinals;

/** The ids that are derived from a request. */
class CurrentRequestTest {

    private static final StreamId ORDER = StreamId.of("order", 1);
    private static final StreamId NOTES = StreamId.of("notes", "all");
    private static final IdempotencyKey HEADER = IdempotencyKey.of("k1");

    private static final CurrentTransaction NO_TRANSACTION = new CurrentTransaction() {
        @Override
        public boolean isActive() {
            return false;
        }
    };

    private final CurrentRequest request = new CurrentRequest();

    @BeforeEach
    void begin() {
        request.begin(Metadata.none(), HEADER);
    }

    private UUID idOfNext(StreamId stream) {
        List<StreamAppend> appends = List.of(StreamAppend.of(stream, any(), NewEvent.of("noted", "{}")));
        Ordinals.Draft<StreamId> numbers = request.ordinals().draft();
        List<StreamAppend> identified = request.identified(appends, numbers);
        return request.ordinals()
                .during(
                        numbers,
                        NO_TRANSACTION,
                        () -> identified.get(0).events().get(0).id());
    }

    private static UUID id(StreamId stream, int ordinal) {
        return CurrentRequest.keyOf(HEADER).eventId(stream, ordinal);
    }

    @Test
    void each_stream_has_ordinals_of_its_own() {
        assertThat(List.of(idOfNext(ORDER), idOfNext(NOTES), idOfNext(ORDER)))
                .containsExactly(id(ORDER, 0), id(NOTES, 0), id(ORDER, 1));
    }
}
