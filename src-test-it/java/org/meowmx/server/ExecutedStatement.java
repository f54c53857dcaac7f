package org.meowmx.server;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement that is executed, or a commit.
 *
 * @param sql its text
 * @param bindings the calls that gave it its parameters
 */
public record ExecutedStatement(String sql, List<Binding> bindings) {

    static final ExecutedStatement COMMIT = new ExecutedStatement("commit", List.of());

    /** A call of one of a statement's setters. */
    record Binding(Method setter, Object[] arguments) {}

    public boolean isCommit() {
        return this == COMMIT;
    }

    /** The plan that PostgreSQL makes for it with these parameters, without its costs. */
    public String plan(Connection connection) throws SQLException, ReflectiveOperationException {
        try (PreparedStatement explain = connection.prepareStatement("explain (costs off) " + sql)) {
            for (Binding binding : bindings) {
                binding.setter().invoke(explain, binding.arguments());
            }
            List<String> lines = new ArrayList<>();
            try (ResultSet row = explain.executeQuery()) {
                while (row.next()) {
                    lines.add(row.getString(1));
                }
            }
            return String.join("\n", lines);
        }
    }
}
