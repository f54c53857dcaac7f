package org.meowmx.subscription.engine;

/**
 * The result of a turn.
 *
 * @param next what the caller can do next
 * @param handled how many events were handled or parked
 * @param recovered whether the segment has passed the event at which it had failed before
 * @param position the position of the checkpoint after the turn
 */
record TurnResult(Next next, long handled, boolean recovered, long position) {

    /** A turn that could not claim its segment. */
    static final TurnResult BUSY = new TurnResult(Next.BUSY, 0, false, 0);

    /** What the caller of a turn can do next. */
    enum Next {
        /**
         * Nothing: another worker holds the segment, the segment no longer exists, or its filter belongs to another
         * release.
         */
        BUSY,
        /** Take another turn: there may be more to read. */
        MORE,
        /** Nothing: everything that the request allows is handled. */
        DONE,
        /** Nothing: the version does not serve, and the serving version has handled nothing after this position. */
        FOLLOWS,
        /** Try to merge: the segment has reached its merge point. */
        READY_TO_MERGE,
        /** Carry out the operation that was requested on another node. Until then, no turn is taken. */
        OPERATION_REQUESTED
    }

    /** A result that changed nothing. */
    static TurnResult nothing(Next next, Checkpoint checkpoint) {
        return new TurnResult(next, 0, false, checkpoint.position());
    }

    /** The same result for a worker that must end, although there may be more to read. */
    TurnResult asLast() {
        return next == Next.MORE ? new TurnResult(Next.DONE, handled, recovered, position) : this;
    }

    /** The result of several turns, of which this is the last. */
    TurnResult withHandled(long events) {
        return new TurnResult(next, events, recovered, position);
    }
}
