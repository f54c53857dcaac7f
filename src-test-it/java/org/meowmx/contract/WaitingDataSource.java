package org.meowmx.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL's data source. A statement that reads the list of locks first waits for an advisory lock of the test. So the test can
 * let another transaction commit after the snapshot of that statement and before it sees the locks.
 */
public class WaitingDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    /** The advisory lock. While a session of the test holds it, readers wait. */
    static final int KEY = 471147;

    private static final String LOCKS = "from pg_locks\n";

    private static final String LOCKS_AFTER_WAITING = """
            from (select cast(pg_advisory_xact_lock_shared(%d) as text) as done offset 0) as waiting
            cross join lateral (select * from pg_locks where waiting.done is not null offset 0) as seen
            """.formatted(KEY);

    /** The method without parameters calls this one, too. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        arguments[0] = ((String) arguments[0]).replace(LOCKS, LOCKS_AFTER_WAITING);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
