package org.meowmx.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meowmx.server.SharedApplication;

/** Following the log over HTTP: the messages, the continuation after a disconnect, and the cost of readers. */
@ExtendWith(SharedApplication.class)
@Timeout(120)
class LiveOverHttpIT {

    private final Api writer = Api.as(SharedApplication.server(), "writer");
    private final String category = "live-" + Api.newId();

    /** A reader of server-sent events. */
    private static final class Reader implements AutoCloseable {

        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;
        private String lastId = "";

        Reader(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The data of the next event. */
        String next() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith("data:")) {
                lastId = line.startsWith("id:") ? line.substring(3).strip() : lastId;
                line = lines.readLine();
            }
            return line.substring(5).strip();
        }

        /** The next events, as the numbers in their data. */
        List<Integer> next(int count) throws IOException {
            List<Integer> numbers = new ArrayList<>();
            while (numbers.size() < count) {
                numbers.add(Api.JSON.readTree(next()).get("data").asInt());
            }
            return numbers;
        }

        /** The id of an event or heartbeat. */
        String awaitId() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith("id:")) {
                line = lines.readLine();
            }
            return line.substring(3).strip();
        }

        void awaitHeartbeat() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith(":")) {
                line = lines.readLine();
            }
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }

    private String traceOfAnAppend() {
        JsonNode metadata = writer.post("/streams/%s/1".formatted(category), "{\"type\":\"noted\",\"data\":1}")
                .json()
                .at("/events/0/metadata");
        return metadata.has("traceparent")
                ? metadata.get("traceparent").asText().substring(3, 35)
                : "none " + metadata.get("correlationId").asText();
    }

    private Reader open(String query, String... headers) {
        HttpResponse<InputStream> response = writer.open("/events/live?category=" + category + query, headers);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        return new Reader(response);
    }

    private void append(int from, int to) {
        for (int i = from; i <= to; i++) {
            String event = "{\"type\":\"%s\",\"data\":%d}".formatted(i % 2 == 0 ? "even" : "odd", i);
            assertThat(writer.post("/streams/%s/%d".formatted(category, i % 3), event)
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void a_reader_gets_what_was_and_what_comes() throws IOException {
        append(1, 3);
        try (Reader all = open("&after=0");
                Reader even = open("&after=0&type=even");
                Reader onlyNew = open("")) {
            assertThat(all.next(3)).containsExactly(1, 2, 3);
            onlyNew.awaitHeartbeat();
            append(4, 6);
            assertThat(all.next(3)).containsExactly(4, 5, 6);
            assertThat(even.next(3)).containsExactly(2, 4, 6);
            assertThat(onlyNew.next(3)).containsExactly(4, 5, 6);
        }
    }

    @Test
    void a_reader_that_was_cut_off_misses_nothing_and_gets_nothing_twice() throws IOException {
        append(1, 4);
        String lastId;
        try (Reader reader = open("&after=0")) {
            assertThat(reader.next(2)).containsExactly(1, 2);
            lastId = reader.lastId;
        }
        append(5, 6);
        try (Reader again = open("", "Last-Event-ID", lastId)) {
            assertThat(again.next(4)).containsExactly(3, 4, 5, 6);
        }
    }

    @Test
    void a_reader_that_was_cut_off_before_its_first_event_misses_nothing_either() throws IOException {
        append(1, 2);
        String lastId;
        try (Reader reader = open("")) {
            lastId = reader.awaitId();
        }
        append(3, 4);
        try (Reader again = open("", "Last-Event-ID", lastId)) {
            assertThat(again.next(2)).containsExactly(3, 4);
        }
    }

    @Test
    void a_reader_who_only_looks_at_the_head_is_none() {
        assertThat(Api.send(writer.request("/events/live"), "HEAD", BodyPublishers.noBody())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_cursor_that_does_not_fit_is_refused() {
        assertThat(writer.get("/events/live", "Last-Event-ID", "garbage").problem())
                .isEqualTo("invalid-parameter");
        assertThat(writer.get("/events/live", "Last-Event-ID", UUID.randomUUID() + ":1:0123abcd")
                        .problem())
                .isEqualTo("other-log");
        assertThat(writer.get("/events/live?after=999999999999").problem()).isEqualTo("ahead-of-log");
        assertThat(writer.get("/events/live?after=x").status()).isEqualTo(400);
    }

    @Test
    void silence_is_told_from_a_lost_connection_by_heartbeats() throws IOException {
        try (Reader reader = open("")) {
            reader.awaitHeartbeat();
            reader.awaitHeartbeat();
            reader.awaitHeartbeat();
        }
    }

    @Test
    void many_readers_have_no_thread_each() throws IOException {
        int before = SharedApplication.server().threads();
        List<Reader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                readers.add(open("&after=0"));
            }
            append(1, 2);
            for (Reader reader : readers) {
                assertThat(reader.next(2)).containsExactly(1, 2);
            }
            assertThat(SharedApplication.server().threads() - before).isLessThan(60);
        } finally {
            for (Reader reader : readers) {
                reader.close();
            }
        }
    }

    /** The client reads nothing until 30 MB are pending, which is more than the buffers of sockets and more than one page. */
    @Test
    void a_reader_that_takes_nothing_holds_up_nobody_and_gets_everything_in_the_end() throws IOException {
        try (Socket slow = openAndTakeNothing();
                Reader quick = open("&after=0&type=odd")) {
            appendLarge(30);
            append(1, 1);
            assertThat(quick.next(1)).containsExactly(1);

            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
            long events = 0;
            while (events < 31) {
                events += lines.readLine().startsWith("id:") ? 1 : 0;
            }
        }
    }

    /** Open Liberty has fewer threads at first, and adds them slowly. */
    @Test
    void a_hundred_readers_that_take_nothing_hold_up_no_request() throws IOException {
        appendLarge(10);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                slow.add(openAndTakeNothing());
            }
            for (int i = 1; i <= 5; i++) {
                int number = i;
                assertTimeout(Duration.ofSeconds(5), () -> append(number, number));
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private void appendLarge(int count) {
        String large = "{\"type\":\"large\",\"data\":\"" + "x".repeat(1_000_000) + "\"}";
        for (int i = 0; i < count; i++) {
            assertThat(writer.post("/streams/%s/large".formatted(category), large)
                            .status())
                    .isEqualTo(201);
        }
    }

    private Socket openAndTakeNothing() throws IOException {
        URI uri = SharedApplication.server().uri("/api/events/live?after=0&category=" + category);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        String credentials = Base64.getEncoder().encodeToString("reader:reader".getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream()
                .write("GET %s?%s HTTP/1.1\r\nHost: x\r\nAuthorization: Basic %s\r\n\r\n"
                        .formatted(uri.getPath(), uri.getQuery(), credentials)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    @Test
    void no_more_readers_are_taken_than_the_server_is_set_for_and_those_that_went_away_do_not_count()
            throws IOException {
        List<Reader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                HttpResponse<InputStream> response = writer.open("/events/live");
                readers.add(new Reader(response));
                assertThat(response.statusCode()).isEqualTo(200);
            }
            assertThat(writer.get("/events/live").status()).isEqualTo(503);
        } finally {
            for (Reader reader : readers) {
                reader.close();
            }
        }
        openAndClose();
    }

    /** Waits until there is room for one more reader. */
    private void openAndClose() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            HttpResponse<InputStream> response = writer.open("/events/live");
            response.body().close();
            return response.statusCode() == 200;
        });
    }

    @Test
    void other_requests_are_not_in_the_trace_of_a_reader() {
        for (int i = 0; i < 10; i++) {
            openAndClose();
        }

        assertThat(Stream.generate(this::traceOfAnAppend).limit(20)).doesNotHaveDuplicates();
    }
}
