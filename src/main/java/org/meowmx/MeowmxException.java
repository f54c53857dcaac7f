package org.meowmx;

import org.jspecify.annotations.Nullable;

/**
 * The root of the store's own exceptions. Invalid arguments and unexpected database errors are other
 * {@code RuntimeException}s. Each subclass carries its facts as fields and says in its Javadoc what the caller should do.
 */
public abstract class MeowmxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the message
     * @param cause the exception that led to this one; null if there is none
     */
    protected MeowmxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the same work may succeed if it is repeated from the start, in a new transaction. False unless a subclass
     * says otherwise.
     */
    public boolean isRetryable() {
        return false;
    }
}
