package org.meowmx.bench;

import java.time.Duration;
import java.util.Set;

/**
 * How much to measure.
 *
 * @param full for figures to be published, or a quick look
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

    /** How long each contender takes turns, about, before they count. */
    Duration warmUp() {
        return Duration.ofSeconds(full ? 12 : 3);
    }

    /** How many turns of each contender count. */
    int rounds() {
        return full ? 5 : 3;
    }

    /** The same for appends, which differ more from turn to turn, with what PostgreSQL has to write meanwhile. */
    int roundsOfAppends() {
        return full ? 9 : 3;
    }

    /** How long a turn lasts where it is not a fixed amount of work. */
    Duration turn() {
        return Duration.ofMillis(full ? 3_000 : 500);
    }

    /** One of two sizes. */
    int size(int quick, int whole) {
        return full ? whole : quick;
    }
}
