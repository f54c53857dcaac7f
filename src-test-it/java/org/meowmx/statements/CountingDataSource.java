package org.meowmx.statements;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.WatchedConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL's data source. It records every executed statement with its parameters. */
public class CountingDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;
    private static final List<ExecutedStatement> EXECUTED = new CopyOnWriteArrayList<>();

    /** All statements that were executed since the list was cleared. */
    static List<ExecutedStatement> executed() {
        return EXECUTED;
    }

    /** The method without parameters calls this one, too. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return WatchedConnection.of(super.getConnection(user, password), (step, execution) -> {
            if (!step.isCommit()) {
                EXECUTED.add(step);
            }
            return execution.run();
        });
    }
}
