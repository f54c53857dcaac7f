package org.meowmx.rest.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meowmx.CapturedLog;
import org.meowmx.ContentionException;
import org.meowmx.transaction.OutcomeUnknownException;

class ProblemMapperTest {

    private static Problem problemOf(String sqlState) {
        return ProblemMapper.problem(new IllegalStateException(new SQLException("secret", sqlState)));
    }

    private static final OutcomeUnknownException LOST_REPLY =
            new OutcomeUnknownException(new SQLException("secret", "08006"));

    private final CapturedLog logged = new CapturedLog(ProblemMapper.class);

    @AfterEach
    void end() {
        ProblemMapper.worked();
        logged.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P03", "53300", "57014", "25P03", "25P04", "25006"})
    void a_database_that_is_away_is_no_failure_of_the_server(String sqlState) {
        assertThat(problemOf(sqlState).type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(problemOf(sqlState).detail()).doesNotContain("secret");
    }

    @Test
    void an_empty_pool_is_no_failure_of_the_server() {
        assertThat(ProblemMapper.problem(new IllegalStateException(new SQLTransientConnectionException("secret")))
                        .type())
                .isEqualTo(ProblemType.UNAVAILABLE);
    }

    @Test
    void an_outage_is_logged_once_when_it_begins_and_once_when_requests_work_again() {
        problemOf("08006");
        problemOf("08006");
        ProblemMapper.worked();
        ProblemMapper.worked();

        assertThat(logged.lines()).hasSize(2);
        assertThat(logged.lines().get(0)).startsWith("WARNING Requests fail with status 503");
        assertThat(logged.lines().get(1)).startsWith("INFO Requests work again");
    }

    @Test
    void what_is_unexpected_is_logged_with_its_root_cause_under_the_id_that_the_client_gets() {
        Problem problem = problemOf("42703");

        assertThat(problem.type()).isEqualTo(ProblemType.INTERNAL);
        assertThat(problem.detail()).doesNotContain("secret").contains("only with the same event ids");
        assertThat(problem.facts().get("instance").toString()).startsWith("urn:uuid:");
        assertThat(logged.lines())
                .singleElement()
                .asString()
                .startsWith("SEVERE A request failed: the database refused a statement (SQLSTATE 42703")
                .endsWith("instance " + problem.facts().get("instance"));
    }

    @Test
    void after_a_commit_whose_reply_is_lost_nobody_is_invited_to_retry_blindly() {
        Problem problem = ProblemMapper.problem(LOST_REPLY, "POST");

        assertThat(problem.type()).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
        assertThat(problem.type().status()).isEqualTo(500);
        assertThat(problem.detail()).contains("its outcome is unknown. Repeat an append only with the same event ids");
        assertThat(ProblemMapper.problem(LOST_REPLY, "GET").type())
                .as("a read can be repeated")
                .isEqualTo(ProblemType.UNAVAILABLE);
    }

    @Test
    void a_lost_race_can_be_run_again() {
        assertThat(ProblemMapper.problem(new ContentionException("40P01", new IllegalStateException()))
                        .type())
                .isEqualTo(ProblemType.UNAVAILABLE);
    }
}
