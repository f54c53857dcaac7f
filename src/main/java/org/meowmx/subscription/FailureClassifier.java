package org.meowmx.subscription;

import java.util.Optional;

/**
 * Decides whether a failure is transient or permanent. An application may have any number of CDI beans of this type;
 * the first one that answers decides.
 *
 * <p>If none answers, a failure is {@linkplain FailureKind#TRANSIENT transient} if the exception, one of its causes, or
 * an exception that they suppress reports a lost connection, an exhausted pool or server, a lock timeout, a deadlock, a
 * serialization failure, a canceled statement, or a database that is read-only or shutting down. A turn that exceeded
 * its own time limit is never regarded as transient. All other failures are {@linkplain FailureKind#PERMANENT
 * permanent}.
 *
 * <p>An example is a handler that calls another system, which is down:
 * <pre>{@code
 * @ApplicationScoped
 * class MailFailures implements FailureClassifier {
 *     public Optional<FailureKind> classify(Throwable failure) {
 *         return failure instanceof MailServerDownException ? Optional.of(FailureKind.TRANSIENT) : Optional.empty();
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface FailureClassifier {

    /**
     * The kind of a failure. Called by several threads, without a transaction.
     *
     * @param failure what a handler or the commit threw; it may wrap the root cause
     * @return the kind; empty if this classifier does not know the failure
     */
    Optional<FailureKind> classify(Throwable failure);
}
