package org.meowmx.rest;

/** The roles that the server's realm gives to callers. A writer and an operator may read as well. */
final class Roles {

    static final String READER = "meowmx-reader";
    static final String WRITER = "meowmx-writer";
    static final String OPERATOR = "meowmx-operator";

    private Roles() {}
}
