package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meowmx.blackbox.Api.Answer;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.SharedApplication;

/** Requests share transactions on each server: with its own pool, its own wrapped statements and its own transaction manager. */
@ExtendWith(SharedApplication.class)
class SharedAppendsOverHttpIT {

    private static final int CLIENTS = 48;
    private static final int APPENDS_OF_EACH = 10;

    /** PostgreSQL stores in each row the transaction that wrote it. */
    private static final String TRANSACTIONS = "distinct cast(xmin as text)";

    private final Api writer = Api.as(SharedApplication.server(), "writer");

    private Answer append(String path, String event, int expected) {
        return expected == 0
                ? writer.post(path, event, "If-None-Match", "*")
                : writer.post(path, event, "If-Match", "\"" + expected + "\"");
    }

    /** Each client creates a stream, expects its version, and expects a wrong one. */
    private void append(int client) {
        String path = "/streams/together/" + client;
        for (int version = 0; version < APPENDS_OF_EACH; version++) {
            String event = "{\"type\":\"noted\",\"data\":{\"client\":%d,\"number\":%d}}".formatted(client, version);
            Answer stored = append(path, event, version);
            assertThat(stored.status()).as(stored.body()).isEqualTo(201);
            assertThat(stored.header("ETag")).isEqualTo("\"" + (version + 1) + "\"");
            Answer refused = append(path, event, version);
            assertThat(refused.status()).as(refused.body()).isEqualTo(412);
        }
        Answer read = writer.get(path);
        for (int number = 0; number < APPENDS_OF_EACH; number++) {
            assertThat(read.body().replace(" ", ""))
                    .contains("\"data\":{\"client\":%d,\"number\":%d}".formatted(client, number));
        }
    }

    @Test
    void many_clients_share_transactions_and_each_gets_its_own_answer() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                clients.add(pool.submit(() -> append(number)));
            }
            for (Future<?> client : clients) {
                client.get(3, TimeUnit.MINUTES);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(number("*")).isEqualTo(CLIENTS * APPENDS_OF_EACH);
        assertThat(number(TRANSACTIONS)).as("alone, each append has its own").isLessThan(CLIENTS * APPENDS_OF_EACH);
    }

    private static long number(String what) {
        PostgreSqlServer server = SharedApplication.database();
        return server.numberIn(
                server.database(), "select count(%s) from meowmx_events where category = 'together'".formatted(what));
    }
}
