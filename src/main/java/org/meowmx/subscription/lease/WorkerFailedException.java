package org.meowmx.subscription.lease;

import org.meowmx.MeowmxException;

/** A worker outside of the JVM reported that an event failed, or its lease expired. This exception is the cause in notifications. */
public class WorkerFailedException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    private final String worker;

    /**
     * Creates the exception.
     *
     * @param worker the name of the worker
     * @param message the reason
     */
    public WorkerFailedException(String worker, String message) {
        super(message, null);
        this.worker = worker;
    }

    /** The name of the worker. */
    public String worker() {
        return worker;
    }
}
