package org.meowmx.bench;

import java.util.Collection;

/**
 * What a contender reached over the rounds.
 *
 * @param median of the rounds
 * @param lowest of them
 * @param highest of them
 */
record Figure(double median, double lowest, double highest) {

    static Figure of(Collection<Double> rounds) {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Figure(percentile(sorted, 0.5), sorted[0], sorted[sorted.length - 1]);
    }

    /** The value below which this part of the sorted values lies. */
    static double percentile(double[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
    }
}
