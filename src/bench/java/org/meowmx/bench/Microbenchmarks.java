package org.meowmx.bench;

import java.nio.file.Path;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** {@code mvn -Pbench -Dbench=jmh}: the parts that need no database. */
final class Microbenchmarks {

    private Microbenchmarks() {}

    static void run(Path results) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include("org\\.meowmx\\..*Benchmark")
                        .resultFormat(ResultFormatType.JSON)
                        .result(results.toString())
                        .build())
                .run();
    }
}
