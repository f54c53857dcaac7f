package org.meowmx.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.meowmx.StreamId;

/**
 * The order in which one call locks its streams: by category, then by id, in UTF-16 code units. All writers use the same order,
 * so two calls that append to the same streams wait for each other instead of running into a deadlock.
 */
final class LockOrder {

    private static final Comparator<StreamId> BY_STREAM =
            Comparator.comparing(StreamId::category).thenComparing(StreamId::id);

    private final List<Batch> batches;
    private final List<Integer> order;

    /** @param batches in the caller's order */
    LockOrder(List<Batch> batches) {
        this.batches = batches;
        this.order = IntStream.range(0, batches.size())
                .boxed()
                .sorted(Comparator.comparing(index -> batches.get(index).stream(), BY_STREAM))
                .toList();
    }

    /** The batches in lock order. */
    List<Batch> batches() {
        return order.stream().map(batches::get).toList();
    }

    /** Puts one result per batch, given in lock order, back into the caller's order. */
    <T> List<T> toCallersOrder(List<T> results) {
        List<T> sorted = new ArrayList<>(results);
        for (int i = 0; i < order.size(); i++) {
            sorted.set(order.get(i), results.get(i));
        }
        return Collections.unmodifiableList(sorted);
    }
}
