package org.meowmx.rest.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.meowmx.ContentionException;
import org.meowmx.InconsistentStreamException;
import org.meowmx.SequenceResetException;
import org.meowmx.StreamId;

class ProblemMapperTest {

    private static Problem problemOf(String sqlState) {
        return ProblemMapper.problem(new IllegalStateException(new SQLException("secret", sqlState)));
    }

    @Test
    void a_database_that_is_away_is_no_failure_of_the_server() {
        assertThat(problemOf("08006").type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(problemOf("57P03").type()).isEqualTo(ProblemType.UNAVAILABLE);
    }

    @Test
    void what_is_unexpected_is_told_by_a_number_only() {
        Problem problem = problemOf("42703");

        assertThat(problem.type()).isEqualTo(ProblemType.INTERNAL);
        assertThat(problem.detail()).doesNotContain("secret");
        assertThat(problem.facts().get("instance").toString()).startsWith("urn:uuid:");
    }

    @Test
    void a_damaged_log_is_explained_with_the_statement_that_repairs_it() {
        Problem sequence = ProblemMapper.problem(new SequenceResetException(2, 500));
        assertThat(sequence.type()).isEqualTo(ProblemType.SEQUENCE_RESET);
        assertThat(sequence.type().status()).isEqualTo(503);
        assertThat(sequence.detail())
                .contains("is at 2", "position 500", "select setval('meowmx_events_position_seq', ");

        Problem stream = ProblemMapper.problem(new InconsistentStreamException(StreamId.of("test", "1"), 1, 3));
        assertThat(stream.type()).isEqualTo(ProblemType.INCONSISTENT_STREAM);
        assertThat(stream.detail())
                .contains("Stream test/1 is at version 1", "version 3", "insert into meowmx_streams");
        assertThat(stream.facts()).containsEntry("category", "test").containsEntry("streamId", "1");
    }

    @Test
    void a_lost_race_can_be_run_again() {
        assertThat(ProblemMapper.problem(new ContentionException("40P01", new IllegalStateException()))
                        .type())
                .isEqualTo(ProblemType.UNAVAILABLE);
    }
}
