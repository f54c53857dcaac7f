package org.meowmx.rest.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.meowmx.EventIdConflictException;
import org.meowmx.InvalidEventException;
import org.meowmx.cloudevents.StreamDefaults;

/** Which line a problem names. */
class ChunkTest {

    private static final UUID ONE = UUID.fromString("0192d6a1-0000-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("0192d6a1-0000-7000-8000-000000000002");

    private final Chunk chunk = new Chunk(100, new StreamDefaults("test", "1"));

    private void add(long line, UUID id, int data) {
        chunk.add(
                "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/x\",\"type\":\"noted\",\"data\":%d}"
                        .formatted(id, data),
                line,
                true);
    }

    @Test
    void an_event_that_the_store_refuses_is_named_by_its_line_and_not_by_its_index() {
        add(2, ONE, 1);
        add(5, OTHER, 2);

        assertThat(chunk.problem(new InvalidEventException("1/data", "is odd")).facts())
                .containsEntry("line", 5L)
                .containsEntry("field", "/data");
    }

    @Test
    void the_line_of_an_id_that_is_used_already_is_named() {
        add(2, ONE, 1);
        add(5, OTHER, 2);

        assertThat(chunk.problem(conflict(1)).facts()).containsEntry("line", 5L);
    }

    /** Either of them may be the one that differs from the log. */
    @Test
    void no_line_is_named_if_several_have_the_id() {
        add(2, ONE, 1);
        add(5, ONE, 2);

        assertThat(chunk.problem(conflict(0)).facts()).containsKey("eventId").doesNotContainKey("line");
    }

    private EventIdConflictException conflict(int index) {
        return new EventIdConflictException(
                chunk.events().get(index).id(), chunk.events().get(index).stream(), "with other content");
    }
}
