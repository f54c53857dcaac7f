package org.meowmx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The measured values of a node without faults, and of the database. */
final class Gauges {

    private static final Pattern NUMBERS = Pattern.compile("\\d+");

    private static final String CONNECTIONS =
            "select count(*) from pg_stat_activity where application_name = current_schema() and pid <> pg_backend_pid()";

    private static final String SIZE = "select pg_total_relation_size('%s')";

    private static final String SIZE_OF_EVENT =
            "select pg_total_relation_size('meowmx_events') / greatest(1, count(*)) from meowmx_events";

    private static final double MEBIBYTE = 1 << 20;

    private final Trial trial;
    private final long node;
    private final Gauge heap = new Gauge("live bytes in the heap of a node", 8 * MEBIBYTE);
    private final Gauge threads = new Gauge("threads of a node", 4);
    private final Gauge connections = new Gauge("connections", 6);
    private final Gauge event = new Gauge("bytes of an event on disk", 8);
    private final List<Gauge> tables =
            List.of(table("meowmx_checkpoints"), table("meowmx_streams"), table("meowmx_nodes"));

    Gauges(Trial trial, NodeProcess node) {
        this.trial = trial;
        this.node = node.pid();
    }

    private static Gauge table(String name) {
        return new Gauge(name, MEBIBYTE / 2);
    }

    void read() throws IOException, SQLException {
        heap.read(ask("GC.class_histogram", line -> line.startsWith("Total"), 1));
        threads.read(ask("PerfCounter.print", line -> line.startsWith("java.threads.live="), 0));
        connections.read(trial.number(CONNECTIONS));
        event.read(trial.number(SIZE_OF_EVENT));
        for (Gauge table : tables) {
            table.read(trial.number(SIZE.formatted(table.name())));
        }
    }

    /** A number that the node's JVM reports. The histogram counts reachable objects only. */
    private double ask(String command, Predicate<String> wanted, int number) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(node), command).start();
        try (BufferedReader lines = process.inputReader()) {
            List<String> all = lines.lines().toList();
            String line = all.stream().filter(wanted).findFirst().orElseThrow(() -> new IOException(all.toString()));
            Matcher numbers = NUMBERS.matcher(line);
            return numbers.results()
                    .skip(number)
                    .mapToDouble(found -> Double.parseDouble(found.group()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    void assertFlat() {
        List<Gauge> process = List.of(heap, threads, connections, event);
        process.forEach(System.out::println);
        tables.forEach(System.out::println);
        assertThat(process).allMatch(Gauge::isFlat);
        assertThat(tables).allMatch(Gauge::isFlat);
    }
}
