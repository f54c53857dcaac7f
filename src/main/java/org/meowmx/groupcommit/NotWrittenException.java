package org.meowmx.groupcommit;

import java.time.Duration;

/** A request has left the queue, so nothing was written for it: its thread was interrupted, or it waited too long. */
public final class NotWrittenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean interrupted;

    private NotWrittenException(boolean interrupted, String message) {
        super(message);
        this.interrupted = interrupted;
    }

    static NotWrittenException interrupted() {
        return new NotWrittenException(
                true, "The thread was interrupted before its append began, so nothing was stored");
    }

    static NotWrittenException after(Duration limit) {
        return new NotWrittenException(
                false,
                "The append waited %s for other appends of this node, so nothing was stored. Check whether another transaction holds its stream, and why the database is slow"
                        .formatted(limit));
    }

    /** Whether its thread was interrupted. */
    public boolean isInterrupted() {
        return interrupted;
    }
}
