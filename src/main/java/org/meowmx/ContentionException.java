package org.meowmx;

/**
 * The database ended the transaction because of others at work at the same time: a deadlock, a lock timeout or a
 * serialization failure. Nothing was written; repeat the whole in a new transaction.
 */
public class ContentionException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public ContentionException(String sqlState, Throwable cause) {
        super(
                "The transaction lost against a concurrent one (SQLSTATE %s); repeat it in a new transaction"
                        .formatted(sqlState),
                cause);
        this.sqlState = sqlState;
    }

    /** What the database called it, for example 40P01 for a deadlock. */
    public String sqlState() {
        return sqlState;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
