package org.meowmx.server;

import jakarta.transaction.Synchronization;

/**
 * Lets a commit fail, as a constraint that is checked late.
 *
 * @param message of the exception
 */
public record FailingCommit(String message) implements Synchronization {

    @Override
    public void beforeCompletion() {
        throw new IllegalStateException(message);
    }

    @Override
    public void afterCompletion(int status) {}
}
