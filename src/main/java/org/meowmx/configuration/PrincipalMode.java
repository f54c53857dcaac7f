package org.meowmx.configuration;

/** When the name of the caller's principal is added to the metadata of events. */
public enum PrincipalMode {
    /** Never. */
    NEVER,
    /** In a request that passes the filter of {@code org.meowmx.request}. */
    REQUEST,
    /** In every append whose caller is authenticated. */
    ALWAYS
}
