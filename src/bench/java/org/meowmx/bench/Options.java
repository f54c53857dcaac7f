package org.meowmx.bench;

import java.time.Duration;
import java.util.Set;

/**
 * The size of the measurement.
 *
 * @param full whether the figures are to be published; otherwise it is a quick check
 * @param only the workloads to run; empty is all
 */
record Options(boolean full, Set<String> only) {

    static Options of(String[] arguments) {
        if (!Set.of("quick", "full").contains(arguments[0])) {
            throw new IllegalArgumentException("-Dbench is quick, full or jmh, was " + arguments[0]);
        }
        Set<String> only = arguments.length > 1 ? Set.of(arguments[1].split(",")) : Set.of();
        return new Options(arguments[0].equals("full"), only);
    }

    boolean wants(String workload) {
        return only.isEmpty() || only.contains(workload);
    }

    /** The approximate duration of the warm-up of each contender. */
    Duration warmUp() {
        return Duration.ofSeconds(full ? 12 : 3);
    }

    /** The number of turns of each contender that count. */
    int rounds() {
        return full ? 5 : 3;
    }

    /** The same for appends. They vary more, because of the pages that PostgreSQL writes meanwhile. */
    int roundsOfAppends() {
        return full ? 9 : 3;
    }

    /** The duration of a turn that is not a fixed amount of work. */
    Duration turn() {
        return Duration.ofMillis(full ? 3_000 : 500);
    }

    /** One of two sizes. */
    int size(int quick, int whole) {
        return full ? whole : quick;
    }
}
