package org.meowmx.storage;

import java.util.Collection;

/**
 * The arithmetic of the high-water mark. An advisory lock has room for 32 bits of a position; the reader puts the rest back,
 * knowing that a fence in force cannot be far from the last drawn position.
 */
final class Fence {

    private Fence() {}

    /**
     * The position, nearest to the last drawn one, whose low 32 bits are these. A fence raised after the last position was
     * read may be a little above it, so nearest means on either side.
     *
     * @param folded the low 32 bits, as the unsigned number that PostgreSQL shows
     * @param last the last drawn position
     */
    static long unfold(long folded, long last) {
        return last + (int) (folded - last);
    }

    /** The mark for the last drawn position, read first, and the fences in force, read afterwards. */
    static long highWaterMark(long last, Collection<Long> foldedFences) {
        return Math.min(
                last,
                foldedFences.stream()
                        .mapToLong(folded -> unfold(folded, last))
                        .min()
                        .orElse(last));
    }
}
