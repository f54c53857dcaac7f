package org.meowmx.rest.message;

/**
 * The roles of callers, from the server's user registry. A writer and an operator may also read. A worker may lease and acknowledge
 * events of external subscriptions.
 */
public final class Roles {

    public static final String READER = "meowmx-reader";
    public static final String WRITER = "meowmx-writer";
    public static final String OPERATOR = "meowmx-operator";

    public static final String WORKER = "meowmx-worker";

    private Roles() {}
}
