package org.meowmx.subscription;

/** The kind of a failure, decided from the exception that a turn of a subscription threw. */
public enum FailureKind {
    /**
     * The database, the connection pool or a lock caused it, so the event is not to blame. The segment waits and tries
     * again, and no attempt is counted.
     */
    TRANSIENT,
    /**
     * The event may have caused it. The failure counts as an attempt, and after {@code max-attempts} of them a
     * subscription with {@code on-failure=park} parks the event.
     */
    PERMANENT
}
