package org.meowmx.importing;

import org.jspecify.annotations.Nullable;
import org.meowmx.MeowmxException;
import org.meowmx.StreamId;

/**
 * The source cannot be imported as it is, or the log contains other events at the same place.
 *
 * <p>Events that were stored before stay in the log; they are complete up to a place in the source's order. Correct
 * what the message names and import again.
 */
public class ImportException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable StreamId stream;

    ImportException(@Nullable StreamId stream, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.stream = stream;
    }

    /**
     * The stream concerned; null if the problem concerns the source as a whole, and after deserialization of the
     * exception.
     */
    public @Nullable StreamId stream() {
        return stream;
    }
}
