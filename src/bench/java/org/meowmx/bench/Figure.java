package org.meowmx.bench;

import java.util.Collection;

/**
 * The figures of a contender over the rounds.
 *
 * @param median the median of the rounds
 * @param lowest the lowest round
 * @param highest the highest round
 */
record Figure(double median, double lowest, double highest) {

    static Figure of(Collection<Double> rounds) {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Figure(percentile(sorted, 0.5), sorted[0], sorted[sorted.length - 1]);
    }

    /** The percentile: the value below which this part of the sorted values is. */
    static double percentile(double[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
    }
}
