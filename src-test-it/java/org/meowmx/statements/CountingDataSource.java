package org.meowmx.statements;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meowmx.statements.ExecutedStatement.Binding;
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
        return counting(super.getConnection(user, password));
    }

    private static Connection counting(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(method, connection, arguments);
            if (result instanceof CallableStatement) {
                return result;
            }
            if (result instanceof PreparedStatement prepared) {
                return counting(PreparedStatement.class, prepared, (String) arguments[0]);
            }
            return result instanceof Statement plain ? counting(Statement.class, plain, "") : result;
        });
    }

    private static <S extends Statement> S counting(Class<S> type, S statement, String sql) {
        List<Binding> bindings = new ArrayList<>();
        return proxy(type, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                EXECUTED.add(
                        new ExecutedStatement(arguments == null ? sql : (String) arguments[0], List.copyOf(bindings)));
            } else if (method.getDeclaringClass() == PreparedStatement.class
                    && method.getName().startsWith("set")) {
                bindings.add(new Binding(method, arguments));
            }
            return call(method, statement, arguments);
        });
    }

    /** A call to be passed on. */
    private interface Call {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.to(method, arguments)));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
