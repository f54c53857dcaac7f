package org.meowmx.server;

import jakarta.transaction.Synchronization;

/**
 * Makes a commit fail, like a deferred constraint.
 *
 * @param message the message of the exception
 */
public record FailingCommit(String message) implements Synchronization {

    @Override
    public void beforeCompletion() {
        throw new IllegalStateException(message);
    }

    @Override
    public void afterCompletion(int status) {}
}
