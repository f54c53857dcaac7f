package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.SharedApplication;

/** The tables of postgresql-event-sourcing, imported into the server with the query of {@code docs/coming-from-others.md}. */
@ExtendWith(SharedApplication.class)
class SeedOverHttpIT {

    private static final Path GUIDE = Path.of("docs/coming-from-others.md");
    private static final Pattern QUERY = Pattern.compile("```sql\\n(.*?);\\n```", Pattern.DOTALL);

    private static final String TABLES = """
            create table es_aggregate (id uuid primary key, version integer not null, aggregate_type text not null);
            create table es_event (id bigserial primary key, transaction_id xid8 not null,
                aggregate_id uuid not null references es_aggregate (id), version integer not null,
                event_type text not null, json_data json not null, unique (aggregate_id, version))""";

    private static final String EVENT = """
            insert into es_event (transaction_id, aggregate_id, version, event_type, json_data)
            values ('%d', '%s', %d, 'changed', '{"n":
             %d}')""";

    private final Api writer = Api.as(SharedApplication.server(), "writer");
    private final PostgreSqlServer postgreSql = PostgreSqlServer.shared();
    private final String old = "old" + Api.newId().replace("-", "");
    private final String category = "seed-" + Api.newId();
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    @BeforeEach
    void create() {
        postgreSql.executeIn(postgreSql.database(), "create database " + old);
        postgreSql.executeIn(old, TABLES);
        for (UUID aggregate : new UUID[] {first, second}) {
            postgreSql.executeIn(old, "insert into es_aggregate values ('%s', 1, '%s')".formatted(aggregate, category));
        }
    }

    @AfterEach
    void drop() {
        postgreSql.executeIn(postgreSql.database(), "drop database " + old);
    }

    private void event(int transaction, UUID aggregate, int version, int number) {
        postgreSql.executeIn(old, EVENT.formatted(transaction, aggregate, version, number));
    }

    private Answer imported() throws IOException {
        Matcher query = QUERY.matcher(Files.readString(GUIDE));
        assertThat(query.find()).isTrue();
        String lines = String.join("\n", postgreSql.textsIn(old, query.group(1)));
        return Api.send(
                writer.request("/events").header("Content-Type", "application/x-ndjson"),
                "POST",
                BodyPublishers.ofString(lines + "\n"));
    }

    private static void assertCounts(Answer answer, int stored, int known) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("stored").asInt()).isEqualTo(stored);
        assertThat(answer.json().get("known").asInt()).isEqualTo(known);
    }

    @Test
    void every_event_arrives_once_and_never_before_its_predecessors() throws IOException {
        event(10, first, 0, 1);
        event(30, first, 1, 2);
        event(15, second, 0, 3);
        event(20, first, 2, 4);

        assertCounts(imported(), 4, 0);
        assertThat(writer.get("/events?category=" + category).json().get("events"))
                .extracting(event -> event.get("data").get("n").asInt())
                .containsExactly(1, 3, 2, 4);

        event(40, second, 1, 5);
        assertCounts(imported(), 1, 4);
        JsonNode stream =
                writer.get("/streams/%s/%s".formatted(category, second)).json();
        assertThat(stream.get("version").asInt()).isEqualTo(2);
    }
}
