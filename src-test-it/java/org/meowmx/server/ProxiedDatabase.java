package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A schema that is reached through a proxy. The driver has a socket timeout, as is recommended if connections can be lost silently. */
public class ProxiedDatabase extends PostgreSqlDatabase {

    private static @Nullable TcpProxy between;

    public ProxiedDatabase() {
        between = TcpProxy.before(PostgreSqlServer.shared());
    }

    /** The proxy of the current test. */
    public static TcpProxy between() {
        if (between == null) {
            throw new IllegalStateException("The test has no database of this class");
        }
        return between;
    }

    @Override
    protected String url() {
        return PostgreSqlServer.shared().through(between().port()).url(schema()) + "&socketTimeout=3";
    }

    @Override
    public void close() {
        try {
            between().close();
            between = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        super.close();
    }
}
