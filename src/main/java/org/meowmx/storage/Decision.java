package org.meowmx.storage;

import java.util.List;

/**
 * The decision of the database about one batch of a group.
 *
 * @param version the version of the stream before the append; -1 if the stream does not exist or its row is not free, and 0 if
 *     its row was created by this statement
 * @param places one per event if the batch was written; otherwise empty
 */
record Decision(Verdict verdict, long version, List<Place> places) {

    /** Whether a batch was written, and why not. */
    enum Verdict {
        WRITTEN,

        /** Nothing is wrong with this batch, but nothing of the group was written because of another one. */
        POSSIBLE,

        /** The stream is not at the expected version. */
        WRONG_VERSION,

        /** The log has one of the ids that the writer gave. */
        KNOWN_ID,

        /** Another transaction holds the row of the stream, or the stream does not exist. */
        NOT_FREE
    }

    static Decision written(long version, List<Place> places) {
        return new Decision(Verdict.WRITTEN, version, places);
    }

    static Decision not(Verdict verdict, long version) {
        return new Decision(verdict, version, List.of());
    }

    boolean is(Verdict other) {
        return verdict == other;
    }
}
