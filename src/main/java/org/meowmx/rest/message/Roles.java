package org.meowmx.rest.message;

/** The roles that the server's realm gives to callers. A writer and an operator may read as well. */
public final class Roles {

    public static final String READER = "meowmx-reader";
    public static final String WRITER = "meowmx-writer";
    public static final String OPERATOR = "meowmx-operator";

    private Roles() {}
}
