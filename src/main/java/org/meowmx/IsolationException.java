package org.meowmx;

/**
 * The log was read inside a transaction that is stricter than READ COMMITTED: its snapshot is older than the high-water
 * mark, so events would be missing below it. Read the log outside of that transaction.
 */
public class IsolationException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String isolation;

    public IsolationException(String isolation) {
        super(
                "The log cannot be read in a transaction that is %s, because events below the high-water mark would be invisible to it; read it under read committed"
                        .formatted(isolation),
                null);
        this.isolation = isolation;
    }

    public String isolation() {
        return isolation;
    }
}
