package org.meowmx.importing;

import org.jspecify.annotations.Nullable;
import org.meowmx.MeowmxException;
import org.meowmx.StreamId;

/**
 * The source cannot be imported as it is, or the log holds something else in its place. What was stored before stays, and is
 * complete up to some place of the source's order; mend what the message names and import again.
 */
public class ImportException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable StreamId stream;

    ImportException(@Nullable StreamId stream, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.stream = stream;
    }

    /** The stream that is concerned; null where it is the source as a whole. */
    public @Nullable StreamId stream() {
        return stream;
    }
}
