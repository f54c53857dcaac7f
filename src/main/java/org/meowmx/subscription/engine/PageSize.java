package org.meowmx.subscription.engine;

import java.util.function.Function;

/**
 * How many events a worker's next turn is to read: few at first, more while its turns are quick, fewer while they are slow. A
 * turn that ends early has then not read much for nothing, and observers of whole pages, whose turns cannot, get pages that they
 * have time for.
 */
final class PageSize {

    private static final int FIRST = 100;

    private final int most;
    private int size;

    PageSize(int most) {
        this.most = most;
        this.size = Math.min(FIRST, most);
    }

    int get() {
        return size;
    }

    /** Takes a turn of this size, and learns from how long it took. */
    Turn.Outcome take(Turn.Order order, Function<Turn.Order, Turn.Outcome> turn) {
        long began = System.nanoTime();
        try {
            return turn.apply(order.of(size));
        } finally {
            took(System.nanoTime() - began);
        }
    }

    void took(long nanos) {
        long enough = Dispatcher.LONG_ENOUGH.toNanos();
        if (nanos > enough) {
            size = Math.max(1, size / 2);
        } else if (nanos < enough / 2) {
            size = (int) Math.min(most, 2L * size);
        }
    }
}
