package org.meowmx.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.meowmx.NewEvent;
import org.meowmx.StreamId;

/** The lines of {@code history.ndjson.gz}, CloudEvents 1.0 as JSON. */
final class HistoryFile {

    /** The path of the file, next to the checkout. It may be missing. */
    static final Path PATH = Path.of("../shared/data/history.ndjson.gz");

    private static final ObjectMapper JSON = new ObjectMapper();

    private HistoryFile() {}

    /** One line. */
    record Line(UUID id, StreamId stream, String type, Instant time, JsonNode data) {

        NewEvent event() {
            return NewEvent.of(type, data.toString()).withId(id).withRecordedAt(time);
        }
    }

    static boolean isThere() {
        return Files.isReadable(PATH);
    }

    static List<Line> read() {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(PATH)), StandardCharsets.UTF_8))) {
            return reader.lines().map(HistoryFile::line).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new Line(
                    UUID.fromString(json.get("id").asText()),
                    StreamId.of(
                            json.get("category").asText(), json.get("subject").asText()),
                    json.get("type").asText(),
                    OffsetDateTime.parse(json.get("time").asText()).toInstant(),
                    json.get("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
