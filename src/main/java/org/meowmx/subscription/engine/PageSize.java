package org.meowmx.subscription.engine;

import java.util.function.Function;

/**
 * The number of events that the next turn of a worker reads. It is small at first, doubles while turns are fast, and
 * halves while they are slow.
 *
 * <p>So a turn that ends early has read few events in vain. Observers of whole pages, whose turns cannot end early, get
 * pages that they can handle in time.
 */
final class PageSize {

    private static final int FIRST = 100;

    private final int most;
    private int size;

    /** @param most the maximum size, 1 or greater */
    PageSize(int most) {
        this.most = most;
        this.size = Math.min(FIRST, most);
    }

    int get() {
        return size;
    }

    /** Takes a turn of this size, and adapts the size to its duration. */
    TurnResult measure(TurnRequest request, Function<TurnRequest, TurnResult> turn) {
        long began = System.nanoTime();
        try {
            return turn.apply(request.ofSize(size));
        } finally {
            adapt(System.nanoTime() - began);
        }
    }

    /** @param nanos the duration of the last turn */
    void adapt(long nanos) {
        long enough = Dispatcher.LONG_ENOUGH.toNanos();
        if (nanos > enough) {
            size = Math.max(1, size / 2);
        } else if (nanos < enough / 2) {
            size = (int) Math.min(most, 2L * size);
        }
    }
}
