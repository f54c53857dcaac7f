package org.meowmx.subscription.engine;

/**
 * The request for a turn.
 *
 * @param segment the segment to work on
 * @param size the maximum number of events, 1 or greater
 * @param upTo the last position that may be read
 * @param evenIfPaused whether the turn is taken although the segment is paused or waits for a retry, because an
 *     operator or a test requested it
 * @param lookingUp whether appends of the handlers search for derived ids first, because an earlier attempt may have stored them
 */
record TurnRequest(DeclaredSegment segment, int size, long upTo, boolean evenIfPaused, boolean lookingUp) {

    /** A turn of a worker: a whole batch, without a last position. */
    static TurnRequest of(DeclaredSegment segment) {
        return new TurnRequest(segment, segment.settings().batchSize(), Long.MAX_VALUE, false, false);
    }

    TurnRequest ofSize(int events) {
        return new TurnRequest(segment, events, upTo, evenIfPaused, lookingUp);
    }

    TurnRequest upTo(long position) {
        return new TurnRequest(segment, size, position, evenIfPaused, lookingUp);
    }

    TurnRequest alsoIfPaused() {
        return new TurnRequest(segment, size, upTo, true, lookingUp);
    }

    TurnRequest withLookUps() {
        return new TurnRequest(segment, size, upTo, evenIfPaused, true);
    }
}
