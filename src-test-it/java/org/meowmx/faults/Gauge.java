package org.meowmx.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * A value that must not grow without bound: after the warm-up, its median stays about the same.
 *
 * @param slack the amount by which the later median may exceed the earlier one, in addition to a tenth of it
 */
record Gauge(String name, double slack, List<Double> values) {

    Gauge(String name, double slack) {
        this(name, slack, new ArrayList<>());
    }

    void read(double value) {
        values.add(value);
    }

    /** The median of the second quarter, when everything has warmed up. */
    double earlier() {
        return median(values.subList(values.size() / 4, values.size() / 2));
    }

    /** The median of the last quarter. */
    double later() {
        return median(values.subList(values.size() - values.size() / 4, values.size()));
    }

    boolean isFlat() {
        return later() <= 1.1 * earlier() + slack;
    }

    private static double median(List<Double> some) {
        return some.stream().sorted().skip(some.size() / 2).findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return "%s: %,.0f, later %,.0f".formatted(name, earlier(), later());
    }
}
