package org.meowmx.testkit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.meowmx.DataBinder;
import org.meowmx.EventTypes;
import org.meowmx.Metadata;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.evolution.Evolution;
import org.meowmx.serialization.EventSerializer;
import org.meowmx.serialization.JsonCodec;
import org.meowmx.serialization.JsonComparison;

/**
 * A folder of golden files: events of every past version, which a test reads through today's upcasters and classes. A
 * file contains one event and the expected result:
 *
 * <pre>{@code
 * {"type": "order-placed", "version": 1, "data": {"total": 12.5},
 *  "today": [{"type": "order-placed", "data": {"total": 12.5, "currency": "EUR"}}]}
 * }</pre>
 *
 * @param folder the folder; its files whose names end in {@code .json} are read
 * @param codec the application's own codec, or Jackson
 */
public record GoldenEvents(Path folder, JsonCodec codec) {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The golden files of a folder, read with Jackson. */
    public static GoldenEvents in(Path folder) {
        return new GoldenEvents(folder, JsonCodec.jackson());
    }

    /** A stored type in one of its versions. */
    private record Stored(String type, int version) implements Comparable<Stored> {

        @Override
        public int compareTo(Stored other) {
            int byType = type.compareTo(other.type);
            return byType == 0 ? Integer.compare(version, other.version) : byType;
        }

        @Override
        public String toString() {
            return type + " v" + version;
        }
    }

    /**
     * Asserts that each file is read as it expects, and that there is a file for each version of each class, for each
     * alias, and for each upcaster.
     *
     * @param family the event classes
     * @param evolutions the application's upcasters
     * @throws AssertionError with every difference and every missing file
     */
    public void areReadAs(Class<?> family, Evolution... evolutions) {
        EventTypes types = EventTypes.of(family);
        DataBinder binder = EventSerializer.binder(codec, List.of(evolutions));
        List<String> problems = new ArrayList<>();
        Set<Stored> seen = new HashSet<>();
        for (Path file : files()) {
            JsonNode golden = parsed(file);
            seen.add(new Stored(
                    golden.path("type").asText(), golden.path("version").asInt(1)));
            check(file.getFileName().toString(), golden, types, binder, problems);
        }
        Set<Stored> missing = wanted(types, evolutions);
        missing.removeAll(seen);
        missing.forEach(stored -> problems.add("A file for %s is missing.".formatted(stored)));
        if (!problems.isEmpty()) {
            throw new AssertionError(
                    "In %s:%n  %s".formatted(folder, String.join(System.lineSeparator() + "  ", problems)));
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not a golden file: it is not valid JSON", e);
        }
    }

    private void check(String name, JsonNode golden, EventTypes types, DataBinder binder, List<String> problems) {
        List<Object> read;
        try {
            read = binder.bind(event(name, golden, binder), types, Object.class);
        } catch (RuntimeException e) {
            problems.add("%s: %s".formatted(name, e.getMessage()));
            return;
        }
        List<String> actual = read.stream()
                .map(object -> EventTypes.nameOf(object.getClass()) + " " + codec.write(object))
                .toList();
        List<JsonNode> expected = new ArrayList<>();
        golden.path("today").forEach(expected::add);
        boolean same = actual.size() == expected.size();
        for (int i = 0; same && i < actual.size(); i++) {
            same = isSame(read.get(i), expected.get(i));
        }
        if (!same) {
            problems.add("%s is read as %s, expected %s".formatted(name, actual, golden.path("today")));
        }
    }

    private boolean isSame(Object read, JsonNode expected) {
        return EventTypes.nameOf(read.getClass()).equals(expected.path("type").asText())
                && JsonComparison.same(codec.write(read), expected.path("data").toString());
    }

    private static RecordedEvent event(String name, JsonNode golden, DataBinder binder) {
        return new RecordedEvent(
                1,
                new UUID(0, 0),
                StreamId.of("golden", name),
                1,
                golden.path("type").asText(),
                golden.path("data").toString(),
                Metadata.of(Metadata.SCHEMA_VERSION, golden.path("version").asText("1")),
                Instant.EPOCH,
                binder);
    }

    private static Set<Stored> wanted(EventTypes types, Evolution... evolutions) {
        Set<Stored> wanted = new TreeSet<>();
        for (Map.Entry<String, Class<?>> entry : types.classes().entrySet()) {
            String name = EventTypes.nameOf(entry.getValue());
            int versions = entry.getKey().equals(name) ? EventTypes.versionOf(entry.getValue()) : 1;
            for (int version = 1; version <= versions; version++) {
                wanted.add(new Stored(entry.getKey(), version));
            }
        }
        for (Evolution evolution : evolutions) {
            evolution.upcasters().forEach(upcaster -> wanted.add(new Stored(upcaster.type(), upcaster.version())));
        }
        return wanted;
    }
}
