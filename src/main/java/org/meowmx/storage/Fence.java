package org.meowmx.storage;

import java.util.Collection;

/**
 * The arithmetic of the high-water mark. An advisory lock has room for the low 32 bits of a position. The reader restores the
 * high bits, because a fence that is held cannot be far from the last drawn position.
 */
final class Fence {

    private Fence() {}

    /**
     * The position with these low 32 bits that is nearest to the last drawn one. It may be above or below: a fence that was
     * raised after the last position was read can be slightly above it.
     *
     * @param folded the low 32 bits, as an unsigned number
     * @param last the last drawn position
     */
    static long unfold(long folded, long last) {
        return last + (int) (folded - last);
    }

    /** The high-water mark for the last drawn position, which must be read first, and the held fences, which must be read later. */
    static long highWaterMark(long last, Collection<Long> foldedFences) {
        return Math.min(
                last,
                foldedFences.stream()
                        .mapToLong(folded -> unfold(folded, last))
                        .min()
                        .orElse(last));
    }
}
