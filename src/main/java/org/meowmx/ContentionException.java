package org.meowmx;

/**
 * The database aborted the transaction because of a concurrent one: a deadlock, a lock timeout or a serialization
 * failure. Or an append waited too long for other appends of its node.
 *
 * <p>Nothing was written, and the transaction cannot be used any more. Repeat all of its work in a new transaction, for
 * example with {@link org.meowmx.retry.RetriedOnConflict}.
 */
public class ContentionException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final boolean retryable;

    /**
     * Creates the exception.
     *
     * @param sqlState the SQLSTATE that the database reported, five characters
     * @param cause the exception of the database driver or of JPA
     */
    public ContentionException(String sqlState, Throwable cause) {
        this(
                sqlState,
                "The database aborted the transaction because of a concurrent one (SQLSTATE %s). The transaction is lost; repeat all of its work in a new transaction"
                        .formatted(sqlState),
                cause,
                true);
    }

    private ContentionException(String sqlState, String message, Throwable cause, boolean retryable) {
        super(message, cause);
        this.sqlState = sqlState;
        this.retryable = retryable;
    }

    /**
     * The exception for an append that waited too long before it began; its {@link #sqlState} is {@code 55P03}. It is not
     * repeated by {@code @RetriedOnConflict}: each attempt would wait as long.
     */
    public static ContentionException ofWait(RuntimeException cause) {
        return new ContentionException("55P03", String.valueOf(cause.getMessage()), cause, false);
    }

    /** The SQLSTATE that the database reported, for example {@code 40P01} for a deadlock. */
    public String sqlState() {
        return sqlState;
    }

    @Override
    public boolean isRetryable() {
        return retryable;
    }
}
