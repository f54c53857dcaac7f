package org.meowmx;

/**
 * The log was read on a PostgreSQL server in recovery, a standby.
 *
 * <p>The high-water mark comes from locks that only the primary has. On a standby, a reader would skip events. Configure
 * the data source so that it connects to the primary only, with {@code targetServerType=primary} if its URL has several
 * hosts. The read succeeds as soon as the pool gives a connection to the primary.
 */
public class StandbyException extends MeowmxException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public StandbyException() {
        super(
                "The connection pool of jdbc/meowmx is connected to a standby: PostgreSQL is in recovery. The log can be read "
                        + "only on the primary. Set targetServerType=primary in the URL of the data source",
                null);
    }
}
