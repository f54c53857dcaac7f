package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.SharedApplication;

/** The log over HTTP: its pages, its catalog, and its status. */
@ExtendWith(SharedApplication.class)
class LogOverHttpIT {

    private final Api writer = Api.as(SharedApplication.server(), "writer");
    private final String category = "log-" + Api.newId();
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void append() {
        for (int i = 1; i <= 5; i++) {
            String type = i % 2 == 0 ? "even" : "odd";
            Answer appended = writer.post(
                    "/streams/%s/%d".formatted(category, i),
                    "{\"type\":\"%s\",\"data\":%d,\"metadata\":{\"correlationId\":\"%s-%s\"}}"
                            .formatted(type, i, category, type));
            ids.add(appended.json().get("events").get(0).get("id").asText());
        }
    }

    private static List<String> ids(Answer page) {
        return page.json().get("events").findValuesAsText("id");
    }

    private String events(String query) {
        return "/events?category=" + category + query;
    }

    @Test
    void the_log_is_read_page_by_page_in_both_directions() {
        Answer first = writer.get(events("&limit=2"));
        Answer second = writer.get(StreamsOverHttpIT.link(first));
        Answer third = writer.get(StreamsOverHttpIT.link(second));

        assertThat(ids(first)).isEqualTo(ids.subList(0, 2));
        assertThat(ids(second)).isEqualTo(ids.subList(2, 4));
        assertThat(ids(third)).isEqualTo(ids.subList(4, 5));
        assertThat(third.header("Link")).isEmpty();

        Answer newest = writer.get(events("&limit=3&direction=backward"));
        assertThat(ids(newest)).containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(ids(writer.get(StreamsOverHttpIT.link(newest)))).containsExactly(ids.get(1), ids.get(0));
    }

    @Test
    void whoever_keeps_the_cursor_goes_on_later() {
        String cursor = writer.get(events("")).json().get("cursor").asText();
        assertThat(ids(writer.get(events("&after=" + cursor)))).isEmpty();
        assertThat(writer.get(events("&after=" + cursor)).json().get("cursor").asText())
                .isEqualTo(cursor);

        append();
        assertThat(ids(writer.get(events("&after=" + cursor)))).isEqualTo(ids.subList(5, 10));
    }

    @Test
    void a_cursor_whose_event_is_another_one_is_refused() {
        String cursor = writer.get(events("")).json().get("cursor").asText();
        String forged = cursor.substring(0, cursor.length() - 8) + "0123abcd";

        Answer refused = writer.get(events("&after=" + forged));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("log-went-back");
        assertThat(writer.get("/events/live", "Last-Event-ID", forged).problem())
                .isEqualTo("log-went-back");
        assertThat(writer.get("/events/export?after=" + forged).problem()).isEqualTo("log-went-back");
    }

    @Test
    void the_cursor_of_a_backward_page_is_that_of_the_newest_event() {
        String cursor = writer.get("/events?direction=backward&limit=2&category=" + category)
                .json()
                .get("cursor")
                .asText();

        assertThat(cursor).endsWith(ids.get(4).substring(28));
        assertThat(ids(writer.get("/events?after=" + cursor))).isEmpty();
    }

    @Test
    void types_and_requests_narrow_what_is_read() {
        assertThat(ids(writer.get(events("&type=even")))).containsExactly(ids.get(1), ids.get(3));
        assertThat(ids(writer.get(events("&type=even&type=odd")))).isEqualTo(ids);
        assertThat(ids(writer.get("/events?correlation=%s-even".formatted(category))))
                .containsExactly(ids.get(1), ids.get(3));
        assertThat(ids(writer.get("/events?correlation=" + UUID.randomUUID()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "after=garbage,400,invalid-parameter",
        "after=-1,400,invalid-parameter",
        "before=0,400,invalid-parameter",
        "limit=0,400,invalid-parameter",
        "direction=up,400,invalid-parameter",
        "after=00000000-0000-0000-0000-000000000000:1:0123abcd,409,other-log",
        "after=999999999999,409,ahead-of-log"
    })
    void what_cannot_be_read_is_refused(String query, int status, String problem) {
        Answer answer = writer.get("/events?" + query);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    @Test
    void an_event_that_is_not_there_is_not_found() {
        assertThat(writer.get("/events/" + UUID.randomUUID()).problem()).isEqualTo("unknown-event");
        assertThat(writer.get("/events/seven").problem()).isEqualTo("invalid-parameter");
    }

    @Test
    void categories_and_streams_are_listed_page_by_page() {
        Answer categories = writer.get("/categories?limit=1&after=" + category.substring(0, category.length() - 1));
        JsonNode found = categories.json().get("categories").get(0);
        assertThat(found.get("category").asText()).isEqualTo(category);
        assertThat(found.get("streams").asLong()).isEqualTo(5);
        assertThat(found.get("events").asLong()).isEqualTo(5);

        Answer streams = writer.get("/streams?limit=3&category=" + category);
        assertThat(streams.json().get("streams").findValuesAsText("streamId")).containsExactly("1", "2", "3");
        Answer rest = writer.get(StreamsOverHttpIT.link(streams));
        assertThat(rest.json().get("streams").findValuesAsText("streamId")).containsExactly("4", "5");
        assertThat(writer.get("/streams?prefix=4&category=" + category).json().get("streams"))
                .hasSize(1);
        assertThat(writer.get("/streams").problem()).isEqualTo("invalid-parameter");
    }

    @Test
    void the_status_tells_where_the_log_stands() {
        JsonNode status = writer.get("/status").json();

        assertThat(UUID.fromString(status.get("log").asText())).isNotNull();
        assertThat(status.get("highWaterMark").asLong())
                .isBetween(5L, status.get("lastPosition").asLong());
        assertThat(status.get("eventsPerSecond").asDouble()).isPositive();
        assertThat(status.get("nodes").findValuesAsText("alive")).containsExactly("true");
    }

    /** Health, status and the console show the name for holders of locks. */
    @Test
    void the_sessions_of_a_node_have_its_name() {
        PostgreSqlServer database = SharedApplication.database();

        List<String> names = database.textsIn(database.database(), """
                select distinct application_name from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()""");

        assertThat(names).contains("meowmx@" + SharedApplication.HOST).doesNotContain("PostgreSQL JDBC Driver");
        assertThat(writer.get("/status").json().get("nodes").findValuesAsText("name"))
                .singleElement()
                .asString()
                .startsWith("meowmx@" + SharedApplication.HOST + "-");
    }
}
