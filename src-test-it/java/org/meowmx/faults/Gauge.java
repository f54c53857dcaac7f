package org.meowmx.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that must not grow without bound: after a while its usual value stays what it is.
 *
 * @param slack by how much the later values may exceed the earlier ones, beyond a tenth of them
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
