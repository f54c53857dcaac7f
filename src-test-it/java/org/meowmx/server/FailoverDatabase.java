package org.meowmx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A schema on a separate PostgreSQL, whose address can lead to another server. */
public class FailoverDatabase extends PostgreSqlDatabase {

    private static @Nullable FragilePostgreSql primary;
    private static @Nullable TcpProxy address;

    public FailoverDatabase() {
        super(begin());
    }

    private static PostgreSqlServer begin() {
        primary = FragilePostgreSql.start();
        address = TcpProxy.before(primary.server());
        return primary.server();
    }

    /** The PostgreSQL of the current test. */
    public static FragilePostgreSql primary() {
        return required(primary);
    }

    /** The address that the data source uses. */
    public static TcpProxy address() {
        return required(address);
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("The test has no database of this class");
        }
        return part;
    }

    @Override
    protected String url() {
        return primary().server().through(address().port()).url(schema());
    }

    @Override
    public void close() {
        try {
            address().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        primary().close();
        address = null;
        primary = null;
    }
}
