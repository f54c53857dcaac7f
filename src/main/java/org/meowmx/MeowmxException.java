package org.meowmx;

import org.jspecify.annotations.Nullable;

/** The root of all failures that the store reports. */
public abstract class MeowmxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected MeowmxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the whole may succeed when it is done again from the start, in a new transaction. */
    public boolean isRetryable() {
        return false;
    }
}
