package org.meowmx.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code mvn -Pbench}: runs the requested workloads and prints a report. */
public final class Bench {

    private Bench() {}

    /**
     * Runs the workloads.
     *
     * @param arguments "quick", "full" or "jmh"; optionally the names of workloads, separated by commas; the default is
     *     all
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("jmh")) {
            Microbenchmarks.run(Path.of("target", "jmh.json"));
            return;
        }
        Options options = Options.of(arguments);
        List<Outcome> outcomes = new ArrayList<>();
        for (Workload workload : workloads()) {
            if (options.wants(workload.name())) {
                outcomes.add(run(workload, options));
            }
        }
        Report report = new Report(outcomes);
        report.print(System.out);
        String compared = System.getProperty("bench.compare", "");
        if (!compared.isEmpty()) {
            report.compare(Path.of(compared), System.out);
        }
        report.write(Path.of("target", "bench.json"));
    }

    private static Outcome run(Workload workload, Options options) throws IOException {
        long began = System.nanoTime();
        try (Lab lab = Lab.open(options)) {
            Outcome outcome = workload.run(lab);
            System.err.printf("%s: %.0f s%n", workload.name(), (System.nanoTime() - began) / 1e9);
            return outcome;
        }
    }

    private static List<Workload> workloads() {
        return List.of(
                AppendWorkload.newStream(),
                AppendWorkload.existingStream(),
                AppendWorkload.newStreamOfMany(),
                AppendWorkload.existingStreamOfMany(),
                new TailWorkload(),
                new ManyStreamsWorkload(),
                new ImportWorkload(),
                new RestAppendWorkload(),
                new RestReadWorkload(),
                new LatencyWorkload(),
                AppendWorkload.hundredEvents(),
                new ReadWorkload(),
                new CatchUpWorkload(),
                EffectWorkload.rowByRow(),
                EffectWorkload.inMultiRowInserts(),
                ArrivalWorkload.sameNode(),
                ArrivalWorkload.otherNode(),
                new SegmentsWorkload(),
                new VolumeWorkload(),
                new IdleWorkload(),
                new HeapWorkload());
    }
}
