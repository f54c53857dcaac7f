package org.meowmx;

/**
 * The log was read inside a transaction that is stricter than READ COMMITTED.
 *
 * <p>The snapshot of such a transaction is older than the high-water mark, so events below the mark would be missing.
 * Read the log outside of that transaction, or use READ COMMITTED.
 */
public class IsolationException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String isolation;

    /**
     * Creates the exception.
     *
     * @param isolation the isolation level of the transaction, as the database names it
     */
    public IsolationException(String isolation) {
        super(
                "The log cannot be read at isolation level '%s': events below the high-water mark would be invisible. Read it at 'read committed'"
                        .formatted(isolation),
                null);
        this.isolation = isolation;
    }

    /** The isolation level of the transaction, as the database names it, for example {@code serializable}. */
    public String isolation() {
        return isolation;
    }
}
