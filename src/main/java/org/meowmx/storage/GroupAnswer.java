package org.meowmx.storage;

import java.util.List;

/** What became of a batch in a group. The thread of its caller turns it into a result or an exception. */
sealed interface GroupAnswer {

    /** The batch is stored. */
    record Stored(List<Place> places) implements GroupAnswer {}

    /** Nothing of the batch is stored, because the stream is at this version. */
    record WrongVersion(long actual) implements GroupAnswer {}

    /** Nothing of the batch is stored, and the thread of its caller can append it alone. */
    record NotTried() implements GroupAnswer {}

    /** The transaction of the group was not committed, or nobody knows whether it was. */
    record Failed(RuntimeException failure) implements GroupAnswer {}
}
