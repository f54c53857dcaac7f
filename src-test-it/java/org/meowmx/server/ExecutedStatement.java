package org.meowmx.server;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meowmx.transaction.Message;

/**
 * A statement that is executed, or a commit.
 *
 * @param sql its text
 * @param bindings the calls that set its parameters
 */
public record ExecutedStatement(String sql, List<Binding> bindings) {

    private static final Pattern NODE = Pattern.compile("\\(actual rows=([0-9.]+) loops=(\\d+)\\)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by Filter: (\\d+)");

    static final ExecutedStatement COMMIT = new ExecutedStatement("commit", List.of());

    /** A call of one of a statement's setters. */
    record Binding(Method setter, Object[] arguments) {}

    public boolean isCommit() {
        return this == COMMIT;
    }

    /** The plan that PostgreSQL makes for it, or for the last statement of a message, with these parameters, without its costs. */
    public String plan(Connection connection) throws SQLException, ReflectiveOperationException {
        return String.join("\n", explain("explain (costs off) ", connection));
    }

    /** Executes it once more, and returns how many rows of a table PostgreSQL read, whether they were used or not. */
    public long rowsRead(String table, Connection connection) throws SQLException, ReflectiveOperationException {
        List<String> lines = explain("explain (analyze, costs off, timing off, summary off) ", connection);
        long rows = 0;
        long loops = 0;
        for (String line : lines) {
            Matcher node = NODE.matcher(line);
            Matcher removed = REMOVED.matcher(line);
            if (node.find()) {
                loops = line.contains(" on " + table) ? Long.parseLong(node.group(2)) : 0;
                rows += loops * Math.round(Double.parseDouble(node.group(1)));
            } else if (removed.find()) {
                rows += loops * Long.parseLong(removed.group(1));
            }
        }
        return rows;
    }

    private List<String> explain(String explain, Connection connection)
            throws SQLException, ReflectiveOperationException {
        int last = sql.lastIndexOf(Message.SEPARATOR) + 1;
        String text = sql.substring(0, last) + explain + sql.substring(last);
        try (PreparedStatement explained = connection.prepareStatement(text)) {
            for (Binding binding : bindings) {
                binding.setter().invoke(explained, binding.arguments());
            }
            List<String> lines = new ArrayList<>();
            explained.execute();
            for (int earlier = sql.split(Message.SEPARATOR).length - 1; earlier > 0; earlier--) {
                explained.getMoreResults();
            }
            try (ResultSet row = explained.getResultSet()) {
                while (row.next()) {
                    lines.add(row.getString(1));
                }
            }
            return lines;
        }
    }
}
