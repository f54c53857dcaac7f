package org.meowmx.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The target of a contender: a ratio to the median of another one, or a median.
 *
 * @param of the contender
 * @param to the contender by whose median it is divided; null for none
 * @param bound the ratio, or the figure itself
 * @param upper whether the bound is an upper limit; otherwise it is a lower limit
 */
record Target(String of, @Nullable String to, double bound, boolean upper) {

    static Target atLeast(double ratio, String of, String to) {
        return new Target(of, to, ratio, false);
    }

    static Target atMost(double ratio, String of, String to) {
        return new Target(of, to, ratio, true);
    }

    static Target atMost(double figure, String of) {
        return new Target(of, null, figure, true);
    }

    double reached(Map<String, Figure> figures) {
        double own = median(figures, of);
        return to == null ? own : own / median(figures, to);
    }

    private static double median(Map<String, Figure> figures, String contender) {
        Figure figure = figures.get(contender);
        if (figure == null) {
            throw new IllegalStateException("'%s' was not measured".formatted(contender));
        }
        return figure.median();
    }

    boolean isMet(Map<String, Figure> figures) {
        return upper ? reached(figures) <= bound : reached(figures) >= bound;
    }

    String words() {
        return of + (to == null ? "" : " / " + to);
    }
}
