package org.meowmx.anomalies;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes anomalies by the smallest example. */
final class Report {

    private static final int EXAMPLES = 5;

    private Report() {}

    static String of(History history, List<Finding> findings, long seed) {
        Map<Anomaly, List<Finding>> byAnomaly =
                findings.stream().collect(Collectors.groupingBy(Finding::anomaly, TreeMap::new, Collectors.toList()));
        Stream<String> head = Stream.of(findings.size() + " anomalies with seed " + seed);
        Stream<String> examples = byAnomaly.values().stream()
                .flatMap(same -> Stream.concat(
                        Stream.of(same.get(0).anomaly() + ": " + same.size()),
                        same.stream().limit(EXAMPLES).map(finding -> "  " + finding)));
        Stream<String> stream = shortest(history, findings).stream().flatMap(name -> story(history, name));
        return Stream.of(head, examples, stream).flatMap(lines -> lines).collect(Collectors.joining("\n"));
    }

    /** The stream concerned that has the fewest events. */
    private static Optional<String> shortest(History history, List<Finding> findings) {
        Map<String, List<LogEntry>> streams = history.byStream();
        return findings.stream()
                .map(Finding::stream)
                .filter(stream -> !stream.isEmpty())
                .min(Comparator.comparingInt((String stream) ->
                        streams.getOrDefault(stream, List.of()).size()));
    }

    private static Stream<String> story(History history, String stream) {
        Stream<String> attempts = history.attempts().stream()
                .filter(attempt -> attempt.writes().stream()
                        .anyMatch(write -> write.stream().equals(stream)))
                .map(attempt -> "  tried: " + attempt);
        Stream<String> log = history.log().stream()
                .filter(entry -> entry.stream().equals(stream))
                .map(entry -> "  stored: " + entry);
        Stream<String> readers = history.readers().stream().flatMap(reader -> reader.handled().stream()
                .filter(one -> one.event().stream().equals(stream))
                .map(one -> "  " + reader.subscription() + ": " + one));
        return Stream.of(Stream.of("The shortest stream concerned is " + stream), attempts, log, readers)
                .flatMap(lines -> lines);
    }
}
