package org.meowmx.rest.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.meowmx.ContentionException;

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
    void a_lost_race_can_be_run_again() {
        assertThat(ProblemMapper.problem(new ContentionException("40P01", new IllegalStateException()))
                        .type())
                .isEqualTo(ProblemType.UNAVAILABLE);
    }
}
