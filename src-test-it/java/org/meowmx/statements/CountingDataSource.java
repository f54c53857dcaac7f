package org.meowmx.statements;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meowmx.server.ExecutedStatement;
import org.meowmx.server.WatchedConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL's data source; notes every statement that is executed, with its parameters. */
public class CountingDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;
    private static final List<ExecutedStatement> EXECUTED = new CopyOnWriteArrayList<>();

    /** What was executed by anybody since the list was cleared. */
    static List<ExecutedStatement> executed() {
        return EXECUTED;
    }

    /** Where the form without parameters ends up, too. */
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
