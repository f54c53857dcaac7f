package org.meowmx.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a run: a table and a file. */
record Report(List<Outcome> outcomes) {

    void print(PrintStream out) {
        outcomes.forEach(outcome -> print(outcome, out));
    }

    private static void print(Outcome outcome, PrintStream out) {
        out.printf(Locale.ROOT, "%n%s (%s), %s%n", outcome.title(), outcome.name(), outcome.unit());
        double first = outcome.figures().values().iterator().next().median();
        outcome.figures()
                .forEach((contender, figure) -> out.printf(
                        Locale.ROOT,
                        "  %-44s %,12.2f  (%,.2f to %,.2f)  %6.2f%n",
                        contender,
                        figure.median(),
                        figure.lowest(),
                        figure.highest(),
                        figure.median() / first));
        outcome.targets()
                .forEach(target -> out.printf(
                        Locale.ROOT,
                        "  %-7s %s: %.2f, asked for at %s %.2f%n",
                        target.isMet(outcome.figures()) ? "met" : "MISSED",
                        target.words(),
                        target.reached(outcome.figures()),
                        target.upper() ? "most" : "least",
                        target.bound()));
    }

    /** Prints the medians of an earlier run, from its {@code bench.json}, next to those of this one. */
    void compare(Path earlier, PrintStream out) throws IOException {
        JsonNode workloads = new ObjectMapper().readTree(earlier.toFile());
        out.printf("%nCompared with %s: earlier, now, now / earlier%n", earlier);
        for (Outcome outcome : outcomes) {
            for (JsonNode workload : workloads) {
                if (workload.path("name").asText().equals(outcome.name())) {
                    compare(workload.path("figures"), outcome, out);
                }
            }
        }
    }

    private static void compare(JsonNode earlier, Outcome outcome, PrintStream out) {
        outcome.figures().forEach((contender, figure) -> {
            double before = earlier.path(contender).path("median").asDouble();
            if (before > 0) {
                out.printf(
                        Locale.ROOT,
                        "  %-18s %-44s %,12.2f %,12.2f  %6.2f%n",
                        outcome.name(),
                        contender,
                        before,
                        figure.median(),
                        figure.median() / before);
            }
        });
    }

    void write(Path file) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", outcome.name());
            one.put("title", outcome.title());
            one.put("unit", outcome.unit());
            one.put("figures", outcome.figures());
            one.put(
                    "targets",
                    outcome.targets().stream()
                            .map(target -> json(target, outcome.figures()))
                            .toList());
            all.add(one);
        }
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    }

    private static Map<String, Object> json(Target target, Map<String, Figure> figures) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ratio", target.words());
        json.put(target.upper() ? "atMost" : "atLeast", target.bound());
        json.put("reached", target.reached(figures));
        json.put("met", target.isMet(figures));
        return json;
    }
}
