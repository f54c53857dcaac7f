package org.meowmx.storage;

import java.util.List;

/** The result of a batch in a group. The thread of its caller turns it into a result or an exception. */
sealed interface AppendAnswer {

    /** The batch is stored. */
    record Stored(List<Place> places) implements AppendAnswer {}

    /**
     * Nothing of the batch is stored: the version of the stream is wrong, or the log has an id of the batch.
     *
     * @param actual the version of the stream; -1 if it is not known
     */
    record Refused(long actual) implements AppendAnswer {}

    /** Nothing of the batch is stored. The thread of its caller appends it alone. */
    record Alone() implements AppendAnswer {}

    /** The transaction of the group was not committed, or its outcome is unknown. */
    record Failed(RuntimeException failure) implements AppendAnswer {}
}
